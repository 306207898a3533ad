"""Questions of a porting engineer are answered on the first screen of a page."""

from collections.abc import Callable

import pytest

from browser.served import HTML

# The question, the page that answers it, and a part of the answer.
QUESTIONS = {
    "cheat sheet": ("cheat-sheet", "mindspore.experimental.optim"),
    "losses differ": ("losses-differ", "The weights differ"),
    "which package to use": ("guide/packages", "mindspore.experimental.optim"),
    "PyNative or Graph mode": ("guide/modes", "compiled code keeps values"),
    "torch.optim.SGD": ("reference/optimizers/sgd", "experimental.optim.SGD"),
    "torch.optim.Adam": ("reference/optimizers/adam", "AdamW"),
    "AdamWeightDecay": ("reference/optimizers/adamw", "AdamW"),
    "torch.optim.RMSprop": ("reference/optimizers/rmsprop", "RMSprop"),
    "LambdaLR": ("reference/schedulers/lambdalr", "LambdaLR"),
    "CosineAnnealingLR": (
        "reference/schedulers/cosineannealinglr",
        "CosineAnnealingLR",
    ),
    "ReduceLROnPlateau": (
        "reference/schedulers/reducelronplateau",
        "ReduceLROnPlateau",
    ),
    "weight decay": ("guide/weight-decay", "weight_decay"),
    "parameter groups": ("guide/parameter-groups", "params"),
    "freeze layers": ("guide/changing-groups", "Set the group’s"),
    "gradient accumulation": ("guide/training-step", "optimizer"),
    "resume training": ("guide/saving-and-loading", "save_checkpoint"),
    "change the learning rate while training": ("guide/reading-the-rate", "copy_"),
    "warm-up": ("guide/schedules", "LinearLR"),
    "weights that are not updated": ("traps/no-training", "mindspore.mint.optim"),
    "evaluation looks random": ("traps/compiled-code", "set_train"),
}
IN_VIEW = """(text) => {
  const texts = [];
  const walker = document.createTreeWalker(document.querySelector("article"), 4);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.height && box.top < innerHeight && box.bottom > 0) texts.push(node.data);
  }
  return texts.join("").replaceAll("\\u200b", "").includes(text);
}"""


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_first_result_answers_on_its_first_screen(
    open_page: Callable, question: str
) -> None:
    """Search finds the page first, and a reader sees the answer without scrolling."""
    name, answer = QUESTIONS[question]
    page = open_page("en/search.html")
    first = page.evaluate(
        """(question) => {
          document.querySelector("#search-results").replaceChildren();
          Search.performSearch(question);
          const link = document.querySelector("#search-results li a");
          return link?.getAttribute("href").replace("./", "");
        }""",
        question,
    )
    assert name == first.partition(".html")[0]
    assert (HTML / "en" / f"{name}.html").exists()
    page = open_page(f"en/{first}")
    assert page.evaluate(IN_VIEW, answer)


def test_there_are_twenty_questions() -> None:
    """The list covers the tasks of a port."""
    assert len(QUESTIONS) >= 20
