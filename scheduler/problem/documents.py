"""JSON documents with a schema version: made of models, and read back by them."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from scheduler.errors import InputError, InputProblem
from scheduler.messages.message import Message
from scheduler.problem.frozen import FIELDS, refused

Model = TypeVar("Model", bound=BaseModel)


def written(content: BaseModel, version: int) -> str:
    """The document: an object with the version under ``schema``, and the fields of the model beside it."""
    return json.dumps({"schema": version, **content.model_dump(mode="json")}, ensure_ascii=False)


def read_back(text: str | bytes, model: type[Model], version: int, kind: str | None = None) -> Model:
    """What :func:`written` made. Raises :class:`InputError` for what is no such document, each problem with its place in it,
    which begins with the ``kind`` of thing, by default the model's name."""
    kind = kind or model.__name__
    try:
        content = json.loads(text)
    except (ValueError, TypeError, RecursionError) as error:
        raise InputError(
            [InputProblem(kind, "", Message("not_json", "is no JSON: {reason}.", reason=error))]
        ) from error
    if not isinstance(content, dict):
        raise InputError([InputProblem(kind, "", Message("no_object", "is no JSON object."))])
    given = content.pop("schema", None)
    if given != version or type(given) is not int:
        message = Message("schema_unknown", "is not the version that can be read, which is {version}.", version=version)
        raise InputError([InputProblem(f"{kind}.schema", str(given), message)])
    try:
        return model.model_validate_json(json.dumps(content), strict=True)
    except ValidationError as error:
        raise refused(kind, error) from error


def schema_of(model: type[BaseModel], version: int) -> dict[str, Any]:
    """The JSON schema of such a document."""
    found = model.model_json_schema()
    for kind in (found, *found["$defs"].values()):
        if "description" in kind:  # The fields have descriptions of their own.
            kind["description"] = kind["description"].partition("\n\n" + "\n".join(FIELDS))[0]
    found["properties"] = {"schema": {"const": version}, **found["properties"]}
    found["required"] = ["schema", *found.get("required", ())]
    return found
