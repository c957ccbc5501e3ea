"""The PPO recipe as a script has it; see `studio.train.recipes.ppo` for what it does."""

from __future__ import annotations

from collections.abc import Iterator

from studio.compiler.source import literal
from studio.exchange import script_acting, script_learn
from studio.exchange.script_loop import cast_to
from studio.exchange.script_recipe import Task, Written, parts
from studio.train.recipes.ppo import POLICY, VALUE


def written(task: Task) -> Written:
    """Write it."""
    values = task.values
    told = {
        "gamma": "what a reward one step later is worth",
        "lam": "how far it is looked ahead: 0 one step, 1 to the end",
        "clip": "how far chances may move away from what they were",
        "entropy": "reward for staying undecided",
        "value_weight": "weight of the value's loss",
        "environments": "worlds side by side",
        "horizon": "steps in each of them before learning from them",
        "passes": "how often what was met is learned from",
    }
    constants = [
        *script_acting.constants(task),
        *(f"{name.upper()} = {literal(values[name])}  # {meaning}" for name, meaning in told.items()),
        "ROWS = ENVIRONMENTS * HORIZON",
    ]
    functions = [
        list(script_acting.likeliest()),
        list(_worth(task)),
        list(_met(task)),
        list(_loss(task)),
        list(script_acting.judge(task, task.frame(POLICY).model)),
    ]
    course = script_acting.course(
        task,
        _step(task),
        players="ENVIRONMENTS",
        count="max(round(STEPS / ROWS), 1) * PASSES * -(-ROWS // BATCH_SIZE) * BATCH_SIZE",
        before=["orders = []"],
    )
    copies = {script_acting.PIECE: ["Players", "returns_of"]}
    return Written(constants, functions, course, copies)


def _worth(task: Task) -> Iterator[str]:
    yield "def worth(model: nn.Module, seen: torch.Tensor) -> torch.Tensor:"
    yield '    """Give what is still to be expected where this is seen, for each time and world."""'
    for line in cast_to(task.loop, f"values = {task.frame(VALUE).model}(seen.flatten(0, 1).to(DEVICE))"):
        yield f"    {line}"
    yield "    return values.float().cpu().reshape(seen.shape[:2])"


def _met(task: Task) -> Iterator[str]:
    yield "@torch.no_grad()"
    yield "def meet(model: nn.Module, players: Players) -> Moved:"
    yield '    """Act for a while; give what was met, and how much better each action was than expected."""'
    yield "    model.eval()"
    yield "    moved, logs = [], []"
    yield "    for _ in range(HORIZON):"
    for line in cast_to(task.loop, f"scores = {task.frame(POLICY).model}(players.seen.to(DEVICE))"):
        yield f"        {line}"
    yield "        log = scores.float().log_softmax(1).cpu()"
    yield "        actions = torch.multinomial(log.exp(), 1).squeeze(1)"
    yield "        logs.append(log.gather(1, actions[:, None]).squeeze(1))"
    yield "        moved.append(players.move(actions))"
    yield "    met = {name: torch.stack([each[name] for each in moved]) for name in moved[0]}"
    yield '    expected, then = worth(model, met["seen"]), worth(model, met["after"])'
    yield "    advantages, later = torch.zeros_like(expected), torch.zeros_like(expected[0])"
    yield "    for time in range(HORIZON - 1, -1, -1):"
    yield '        still = GAMMA * (1 - met["over"][time]) * then[time]'
    yield '        delta = met["rewards"][time] + still - expected[time]'
    yield '        later = delta + GAMMA * LAM * (1 - met["ended"][time]) * later'
    yield "        advantages[time] = later"
    yield "    model.train()"
    yield '    found = {"seen": met["seen"], "actions": met["actions"], "logs": torch.stack(logs)}'
    yield '    found |= {"advantages": advantages, "wanted": advantages + expected}'
    yield "    return {name: values.flatten(0, 1) for name, values in found.items()}"


def _loss(task: Task) -> Iterator[str]:
    policy, value = (task.frame(role).model for role in (POLICY, VALUE))
    yield "def loss_of(model: nn.Module, some: Moved) -> torch.Tensor:"
    yield '    """Give what both networks make small."""'
    for line in cast_to(task.loop, f'scores = {policy}(some["seen"]).float()'):
        yield f"    {line}"
    for line in cast_to(task.loop, f'values = {value}(some["seen"]).float().reshape(-1)'):
        yield f"    {line}"
    yield "    logs = scores.log_softmax(1)"
    yield '    chosen = logs.gather(1, some["actions"][:, None]).squeeze(1)'
    yield '    advantage = some["advantages"]'
    if task.values["normalise"]:
        yield "    if len(advantage) > 1:"
        yield "        advantage = (advantage - advantage.mean()) / (advantage.std() + 1e-8)"
    yield '    ratio = (chosen - some["logs"]).exp()'
    yield "    held = ratio.clamp(1 - CLIP, 1 + CLIP)"
    yield "    policy = -torch.minimum(ratio * advantage, held * advantage).mean()"
    yield '    value = (values - some["wanted"]).square().mean() / 2'
    yield "    entropy = -(logs.exp() * logs).sum(1).mean()"
    yield "    return policy + VALUE_WEIGHT * value - ENTROPY * entropy"


# -- a step --------------------------------------------------------------------------------------------


def _step(task: Task) -> list[str]:
    first, last = script_learn.span(task.loop)
    frames = [task.frame(POLICY), task.frame(VALUE)]
    lines = [
        "if not orders:",
        "    rollout, shuffled = meet(model, players), [torch.randperm(ROWS) for _ in range(PASSES)]",
        "    orders = [rows for order in shuffled for rows in order.split(BATCH_SIZE)]",
        "rows = orders.pop(0)",
        "some = {name: values[rows].to(DEVICE) for name, values in rollout.items()}",
        "loss = loss_of(model, some)",
        *script_learn.move(task.plan, task.loop, frames, "loss"),
        f"total += loss.item() * ({last} - {first})",
        f"met += players.mean_return() * ({last} - {first})",
    ]
    return parts(task.loop, task.frames, lines)
