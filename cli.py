"""``python cli.py`` is the command ``vigie`` in a checkout."""

from vigie import main

if __name__ == "__main__":
    main()
