"""The DQN recipe as a script has it; see `studio.train.recipes.dqn` for what it does."""

from __future__ import annotations

from collections.abc import Iterator

from studio.compiler.source import literal
from studio.exchange import script_acting, script_learn
from studio.exchange.script_loop import cast_to
from studio.exchange.script_recipe import Task, Written, parts
from studio.train.plans.terms import optimizer_of
from studio.train.recipes.dqn import Q


def written(task: Task) -> Written:
    """Write it."""
    values, soft = task.values, task.values["target"] == "soft"
    follows = (
        f"TAU = {literal(values['tau'])}  # how far the copy follows after each step"
        if soft
        else f"SYNC_EVERY = {literal(values['sync_every'])}  # steps of learning until the copy follows"
    )
    spent = ", ".join(literal(values[f"epsilon_{name}"]) for name in ("start", "end", "steps"))
    constants = [
        *script_acting.constants(task),
        f"ACTIONS = {task.classes}",
        f"GAMMA = {literal(values['gamma'])}  # what a reward one step later is worth",
        f"EVERY = {literal(values['every'])}  # steps in the world for each step of learning",
        f"MEMORY = {literal(values['memory'])}  # steps that are remembered",
        f"WARM_UP = {max(int(str(values['warm_up'])), 1)}  # of them before any learning",
        f"EPSILON = {spent}  # chance of a random action: first, last, and in how many steps",
        follows,
    ]
    functions = [
        list(script_acting.likeliest()),
        list(_chosen(task)),
        list(_loss(task)),
        list(script_acting.judge(task, "model")),
    ]
    course = script_acting.course(
        task,
        _step(task),
        players="1",
        count="-(-STEPS // EVERY) * BATCH_SIZE",
        before=[
            "target = copy.deepcopy(model).requires_grad_(False).eval()",
            f"memory, acted{'' if soft else ', learned'} = Memory(MEMORY), 0{'' if soft else ', 0'}",
        ],
    )
    copies = {script_acting.PIECE: ["Players", "returns_of", "Memory"]}
    return Written(constants, functions, course, copies, imports=["import copy"])


def _chosen(task: Task) -> Iterator[str]:
    yield "def chosen(model: nn.Module, seen: torch.Tensor, acted: int) -> torch.Tensor:"
    yield '    """Choose an action: at random now and then, less often the more was done."""'
    yield "    first, last, steps = EPSILON"
    yield "    if float(torch.rand(())) < first + (last - first) * min(acted / steps, 1.0):"
    yield "        return torch.randint(ACTIONS, (1,))"
    yield "    return likeliest(model, seen)"


def _loss(task: Task) -> Iterator[str]:
    values = task.values
    yield "def loss_of(model: nn.Module, target: nn.Module, moved: Moved) -> torch.Tensor:"
    yield '    """Compare what actions are thought to be worth with what came of them."""'
    yield "    with torch.no_grad():"
    for line in cast_to(task.loop, 'after = target(moved["after"]).float()'):
        yield f"        {line}"
    if values["double"]:
        for line in cast_to(task.loop, 'judge = model(moved["after"]).float()'):
            yield f"        {line}"
    judge = "judge" if values["double"] else "after"
    yield f"        value = after.gather(1, {judge}.argmax(1, keepdim=True)).squeeze(1)"
    yield '        wanted = moved["rewards"] + GAMMA * (1 - moved["over"]) * value'
    for line in cast_to(task.loop, 'scores = model(moved["seen"]).float()'):
        yield f"    {line}"
    yield '    value = scores.gather(1, moved["actions"][:, None]).squeeze(1)'
    compare = "smooth_l1_loss" if values["loss"] == "smooth_l1" else "mse_loss"
    yield f"    return nn.functional.{compare}(value, wanted)"


# -- a step --------------------------------------------------------------------------------------------


def _step(task: Task) -> list[str]:
    first, last = script_learn.span(task.loop)
    drawn, found = "moved = memory.drawn(BATCH_SIZE, DEVICE)", "loss = loss_of(model, target, moved)"
    if optimizer_of(task.plan, Q).type in script_learn.SEARCHES:
        searched = script_learn.searched(task.loop, [found])
        learns = [drawn, *searched, *script_learn.scheduled(task.plan, Q)]
    else:
        learns = [drawn, found, *script_learn.move(task.plan, task.loop, [task.frame(Q)], "loss")]
    learns.append(f"total += loss.item() * ({last} - {first})")
    if task.values["target"] == "soft":
        learns += [
            "for held, value in zip(target.state_dict().values(), model.state_dict().values()):",
            "    if held.is_floating_point():",
            "        held.lerp_(value, TAU)",
        ]
    else:
        learns += [
            "learned += 1",
            "if learned % SYNC_EVERY == 0:",
            "    target.load_state_dict(model.state_dict())",
        ]
    lines = [
        "for _ in range(EVERY):",
        "    memory.add(players.move(chosen(model, players.seen, acted)))",
        "    acted += 1",
        "if memory.count >= WARM_UP:",
        *(f"    {line}" for line in learns),
        f"met += players.mean_return() * ({last} - {first})",
    ]
    return parts(task.loop, task.frames, lines)
