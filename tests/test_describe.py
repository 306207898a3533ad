"""What a failure says: the place in the file, and none of our own frames."""

from pathlib import Path

import pytest

from crosswalk.comparisons.execute import describe
from crosswalk.engine.sandbox import Limits

PATH = Path("/project/side.py")


@pytest.mark.parametrize(
    "code", ["await x", "return", "def f(a, a):\n    pass", "break", "x = = 1"]
)
def test_what_does_not_compile_is_told_with_its_own_line(code: str) -> None:
    """Nothing of the file has run, so that every frame is ours and none is shown."""
    with pytest.raises(SyntaxError) as raised:
        compile(f"x = 1\n\n{code}\n", str(PATH), "exec")
    failure = describe(raised.value, PATH, Limits())
    assert (str(PATH), 3, "") == (failure.path, failure.line, failure.trace)
    assert "test_describe.py" not in failure.message


def test_code_that_a_side_compiles_is_told_at_the_line_of_the_side() -> None:
    """The line of a text that it compiles is no line of the file."""
    code = compile("x = 1\neval('\\n\\n\\n1 +')\n", str(PATH), "exec")
    with pytest.raises(SyntaxError) as raised:
        exec(code)  # noqa: S102 - it is ours
    failure = describe(raised.value, PATH, Limits())
    assert 2 == failure.line
    assert "test_describe.py" not in failure.trace


def test_a_missing_package_is_told_with_what_to_do() -> None:
    """A side may need more than the project installs, and says so."""
    with pytest.raises(ModuleNotFoundError) as raised:
        exec(compile("import no_such_package", str(PATH), "exec"))  # noqa: S102
    failure = describe(raised.value, PATH, Limits())
    assert "No module named 'no_such_package' (name what the" in failure.message
    assert "in PACKAGES of checks.py" in failure.message
