"""``python -m scheduler`` is the command ``vigie``."""

from scheduler.commands.main import main

if __name__ == "__main__":
    main()
