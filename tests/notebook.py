"""The notebook of the documentation: run from top to bottom in a kernel of its own, and written with what it shows.

``python -m tests.notebook`` runs it and writes it again. Of each output the plain text is kept, and nothing of the machine.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from unittest.mock import patch

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode
from traitlets.config import Config

PAGE = Path(__file__).resolve().parents[1] / "docs" / "notebook.ipynb"
SECONDS = 240
"""No cell takes longer: the first solve on a machine also compiles."""
SETTINGS = ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
"""Where Jupyter reads the settings of a user, and leaves things behind."""


def stored() -> NotebookNode:
    return nbformat.read(PAGE, as_version=4)


def executed(folder: Path) -> NotebookNode:
    """The notebook as it is after a run in ``folder``. Raises ``CellExecutionError`` at the first cell that fails."""
    notebook = stored()
    with tempfile.TemporaryDirectory() as settings, patch.dict(os.environ, dict.fromkeys(SETTINGS, settings)):
        # Sockets in a folder that nobody else may read, instead of ports. Their path must be short.
        config = Config(KernelManager={"transport": "ipc", "ip": f"{settings}/kernel"})
        resources = {"metadata": {"path": folder}}
        NotebookClient(notebook, timeout=SECONDS, record_timing=False, config=config, resources=resources).execute()
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.execution_count = None
            cell.outputs = [_plain(output) for output in cell.outputs]
    notebook.metadata = NotebookNode(kernelspec={"name": "python3", "display_name": "Python 3", "language": "python"})
    return notebook


def shown(cell: NotebookNode) -> str:
    """What stands below a cell, as text."""
    return "".join(output.get("text") or output["data"]["text/plain"] for output in cell.get("outputs", ()))


def _plain(output: NotebookNode) -> NotebookNode:
    if output.output_type == "stream":
        return output
    data = {"text/plain": output.data["text/plain"]}
    return NotebookNode(output_type="display_data", data=data, metadata={})


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        nbformat.write(executed(Path(folder)), PAGE)
