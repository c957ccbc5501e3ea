"""DQN and PPO beside loops written by hand, in worlds whose rules are checked; and what they refuse."""

from __future__ import annotations

import copy
import sys
from dataclasses import replace

import pytest
import torch
from torch.nn import functional

from studio.compiler import build
from studio.data import DataError, load
from studio.data.environments import CartPole, Environment, Grid
from studio.data.gridworld import GOAL, STEP, GridWorld
from studio.graph import Value
from studio.project import Choice, GraphRef, LossTerm, Project, edits
from studio.train import SampleMade
from studio.train.events import EpochDone, Finished
from studio.train.judging.evaluate import evaluate
from studio.train.judging.figures import further
from studio.train.loop import engine
from studio.train.loop.goals import Goal
from studio.train.plans.checking import Checker
from studio.train.recipes.playing import Moved, Players, episodes
from studio.train.recipes.ppo import advantages_of
from studio.train.runs.session import networks
from tests.train.plain import ONE, copied, same
from tests.train.recipe_examples import OUT, Blocks, drawn, entry, linear, planned, world

ENVIRONMENTS = {"grid": Grid(48, 3, 4, 4, 30), "cart": CartPole(48, 3, 4, 60)}


# -- the worlds ------------------------------------------------------------------------------------------


def test_the_grid_has_walls_a_goal_and_an_end() -> None:
    world_ = GridWorld(4, 5)
    assert world_.walls() == {(0, 2), (1, 2), (2, 2)}
    world_.restore([3.0, 2.0, 0.0])
    seen, reward, over, cut = world_.step(3)
    assert (seen.index(1.0), reward, over, cut) == (15, GOAL, True, False)
    world_.restore([0.0, 1.0, 0.0])
    for action in (3, 0):  # into the wall, out of the world
        seen, reward, over, cut = world_.step(action)
        assert (seen.index(1.0), sum(seen), reward, over, cut) == (1, 1.0, STEP, False, False)
    ends = [world_.step(1)[2:] for _ in range(3)]
    assert ends == [(False, False), (False, False), (False, True)]
    starts = {GridWorld(4, 5).reset(seed).index(1.0) for seed in range(200)}
    assert starts == set(range(16)) - {2, 6, 10, 15}


def test_the_cart_is_that_of_gymnasium() -> None:
    import gymnasium

    theirs, ours = gymnasium.make("CartPole-v1"), CartPole(1, 0, 0, 500).make()
    seen, _ = theirs.reset(seed=9)
    assert ours.reset(9) == seen.tolist()
    for number in range(500):
        seen, reward, over, _, _ = theirs.step(number % 2)
        assert ours.step(number % 2) == (seen.tolist(), reward, over, False)
        if over:
            break
    theirs.close()


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_an_episode_goes_on_from_its_state_to_the_bit(name: str) -> None:
    one, other = ENVIRONMENTS[name].make(), ENVIRONMENTS[name].make()
    one.reset(4)
    for _ in range(3):
        one.step(1)
    other.restore([float(number) for number in one.state()])
    assert [one.step(number % 2) for number in range(4)] == [other.step(number % 2) for number in range(4)]
    assert one.state() == other.state()


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_what_is_told_of_an_environment_is_what_it_gives(name: str) -> None:
    source = ENVIRONMENTS[name]
    read = source.load(lambda _doing, _share: None)
    assert source.facts() == read.facts
    assert [len(part) for part in (read.train, read.validation, read.test)] == [48, 3, 4]
    assert read.classes == source.actions


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gymnasium", None)
    with pytest.raises(DataError, match=r"pip install netwright\[rl\]"):
        CartPole(48, 3, 4, 500).make()


class Counter:
    """Sees how many steps it took; each is worth 1, and three are an episode."""

    def reset(self, seed: int) -> list[float]:
        self.steps = 0
        return [0.0]

    def step(self, action: int) -> tuple[list[float], float, bool, bool]:
        self.steps += 1
        return [float(self.steps)], 1.0, self.steps == 3, False

    def state(self) -> list[float]:
        return [float(self.steps)]

    def restore(self, state: list[float]) -> None:
        self.steps = int(state[0])


class Counters(Grid):
    """Makes counters."""

    @property
    def sizes(self) -> tuple[int, ...]:
        return (1,)

    def make(self) -> Environment:
        return Counter()


def test_players_begin_anew_and_whole_episodes_are_played() -> None:
    source = Counters(1, 1, 1)
    players = Players(source, 2)
    players.begin()
    rows = [players.move(torch.zeros(2, dtype=torch.int64)) for _ in range(4)]
    assert [row.after[:, 0].tolist() for row in rows] == [[1, 1], [2, 2], [3, 3], [1, 1]]
    assert [row.ended.tolist() for row in rows] == [[0, 0], [0, 0], [1, 1], [0, 0]]
    assert players.seen[:, 0].tolist() == [1, 1]
    assert players.mean_return == 3.0
    returns, seen = episodes(source, [1, 2], lambda s: torch.zeros(len(s), dtype=torch.int64))
    assert returns.tolist() == [3, 3]
    assert seen == [[0.0], [1.0], [2.0], [3.0]]


# -- the recipes -----------------------------------------------------------------------------------------

BODY: Blocks = (entry(9), linear(24), ("tanh", {}))
Q_NET: Blocks = (*BODY, linear(4), OUT)


def q_plan(values: dict[str, Value], **loop: int) -> Project:
    how: dict[str, Value] = {"warm_up": 20, "memory": 500, "epsilon_steps": 300, **values}
    return planned(drawn(("main", Q_NET)), "dqn", {"q": "main"}, how, data=world(steps=200), **loop)


def test_dqn_is_the_loop_that_its_text_promises() -> None:
    project = q_plan({"target": "hard", "sync_every": 7, "gamma": 0.9}, epochs=1)
    models, q = networks(project, 0), build(project, "main", seed=0)
    events = list(engine.run(project.plan, models, load(project.plan.data), choices=ONE))
    assert isinstance(events[-1], Finished), events[-1]
    target, optimizer = copy.deepcopy(q), torch.optim.Adam(q.parameters(), lr=0.01, fused=True)
    memory: list[tuple[torch.Tensor, int, float, torch.Tensor, float]] = []
    place = GridWorld(3, 12)
    torch.manual_seed(1)
    seen = torch.tensor(place.reset(int(torch.randint(2**31 - 1, ()))))
    learned = 0
    for step in range(200):
        if float(torch.rand(())) < 1.0 + (0.05 - 1.0) * step / 300:
            action = int(torch.randint(4, (1,)))
        else:
            action = int(q(seen[None]).argmax())
        found, reward, over, cut = place.step(action)
        memory.append((seen, action, reward, torch.tensor(found), float(over)))
        ended = over or cut
        seen = torch.tensor(place.reset(int(torch.randint(2**31 - 1, ()))) if ended else found)
        if len(memory) < 20:
            continue
        rows = [memory[int(row)] for row in torch.randint(len(memory), (16,))]
        before, after = torch.stack([row[0] for row in rows]), torch.stack([row[3] for row in rows])
        actions = torch.tensor([row[1] for row in rows])
        rewards, done = torch.tensor([row[2] for row in rows]), torch.tensor([row[4] for row in rows])
        with torch.no_grad():
            best = target(after)[torch.arange(16), q(after).argmax(1)]
        wanted = rewards + 0.9 * (1 - done) * best
        optimizer.zero_grad()
        functional.smooth_l1_loss(q(before)[torch.arange(16), actions], wanted).backward()
        optimizer.step()
        learned += 1
        if learned % 7 == 0:
            target.load_state_dict(q.state_dict())
    assert same(copied(q), copied(models["q"]))


def test_dqn_finds_the_goal() -> None:
    project = q_plan({"tau": 0.05}, epochs=4)
    events = list(engine.run(project.plan, networks(project, 0), load(project.plan.data), choices=ONE))
    assert isinstance(events[-1], Finished), events[-1]
    done = [event.metrics for event in events if isinstance(event, EpochDone)]
    # From the farthest cell of 3 × 3 the goal is 4 steps away.
    assert done[-1]["val_return"] >= 1 - 3 * 0.02
    # What is played has a return and no loss; schedules that wait for a plateau wait for that.
    assert [key for key in done[-1] if key.startswith("val_")] == ["val_return"]
    assert Goal.of("", "auto", "val_return").plateau(done[-1], 9) == -done[-1]["val_return"]
    judged = evaluate((networks(project, 0)["q"], load(project.plan.data), project.plan))
    assert set(judged.metrics) == {"return"}
    assert further(judged) == {}
    assert done[0]["epsilon"] > done[-1]["epsilon"] >= 0.05
    assert events[-1].best is not None
    made = [event.made for event in events if isinstance(event, SampleMade)]
    assert [one.look for one in made] == ["strips"] * 4
    assert made[-1].values is not None
    assert made[-1].values.shape[2:] == (3, 3, 3)


def ppo_plan(**loop: int) -> Project:
    project = drawn(("actor", Q_NET), ("critic", (*BODY, linear(1), OUT)))
    values: dict[str, Value] = {"environments": 4, "horizon": 32}
    roles = {"policy": "actor", "value": "critic"}
    return planned(project, "ppo", roles, values, data=world(steps=256), **loop)


def test_ppo_finds_the_goal() -> None:
    project = ppo_plan(epochs=10, batch_size=32)
    events = list(engine.run(project.plan, networks(project, 0), load(project.plan.data), choices=ONE))
    assert isinstance(events[-1], Finished), events[-1]
    done = [event.metrics for event in events if isinstance(event, EpochDone)]
    assert {"policy_loss", "value_loss", "entropy", "return"} <= done[0].keys()
    assert max(metrics["val_return"] for metrics in done) >= 1 - 3 * 0.02
    assert done[-1]["return"] > done[0]["return"] + 0.2
    assert done[-1]["entropy"] < done[0]["entropy"]


def test_advantages_are_those_of_the_sum() -> None:
    generator = torch.Generator().manual_seed(0)
    rewards, expected, then = torch.rand(3, 5, generator=generator)
    over = torch.tensor([0.0, 1.0, 0.0, 0.0, 0.0])
    ended = torch.tensor([0.0, 1.0, 0.0, 1.0, 0.0])
    nothing = torch.zeros(1)
    moved = [
        Moved(nothing, nothing, rewards[t : t + 1], nothing, over[t : t + 1], ended[t : t + 1])
        for t in range(5)
    ]
    found = advantages_of(moved, expected[:, None], then[:, None], 0.9, 0.8)[:, 0]
    for t in range(5):
        total, weight = 0.0, 1.0
        for later in range(t, 5):
            delta = rewards[later] + 0.9 * (1 - over[later]) * then[later] - expected[later]
            total += weight * float(delta)
            if ended[later]:
                break
            weight *= 0.9 * 0.8
        assert float(found[t]) == pytest.approx(total, abs=1e-6)


# -- what is refused -------------------------------------------------------------------------------------


def codes(project: Project, network: str = "main") -> list[str]:
    return [problem.code for problem in Checker().analyse(project, GraphRef("network", network)).problems]


def test_what_does_not_fit_is_said() -> None:
    assert codes(q_plan({})) == []
    wide = planned(drawn(("main", (*BODY, linear(5), OUT))), "dqn", {"q": "main"}, data=world())
    (problem,) = Checker().analyse(wide, GraphRef("network", "main")).problems
    assert "there are 4 actions to score" in str(problem.message)
    assert codes(edits.apply_fix(wide, GraphRef("network", "main"), problem.fixes[0])) == []
    assert codes(edits.set_plan(wide, replace(wide.plan, data=world(size=4)))) == [
        "input_shape",
        "role_sizes",
    ]
    two = drawn(("actor", Q_NET), ("critic", (*BODY, linear(2), OUT)))
    two = planned(two, "ppo", {"policy": "actor", "value": "critic"}, data=world())
    assert (codes(two, "actor"), codes(two, "critic")) == ([], ["role_sizes"])


def test_environments_and_samples_are_told_apart() -> None:
    acts = q_plan({})
    on_samples = edits.set_plan(acts, replace(acts.plan, data=Choice("wine")))
    (problem,) = Checker().analyse(on_samples, GraphRef("network", "main")).problems
    assert str(problem.message) == (
        "The recipe “Deep Q learning (DQN)” learns by acting in an environment, and “Wine” gives samples. "
        "Choose an environment as the data, such as the grid world."
    )
    loss = (LossTerm(Choice("cross_entropy")),)
    learns = planned(drawn(("main", Q_NET)), "supervised", {"model": "main"}, data=world())
    learns = edits.set_plan(learns, replace(learns.plan, losses=loss))
    (problem,) = Checker().analyse(learns, GraphRef("network", "main")).problems
    assert "is an environment to act in" in str(problem.message)


def test_a_grid_is_seen_as_pictures_with_walls_goal_and_walker() -> None:
    source = Grid(10, 1, 1, size=4)
    seen = torch.zeros(2, 16)
    seen[0, 1], seen[1, 15] = 1.0, 1.0
    frames = source.pictures(seen)
    assert frames.shape == (2, 3, 4, 4)
    walker, goal, wall = frames[0, :, 0, 1], frames[0, :, 3, 3], frames[0, :, 0, 2]
    assert len({tuple(colour.tolist()) for colour in (walker, goal, wall, torch.zeros(3))}) == 4
    assert torch.equal(frames[1, :, 3, 3], walker)
    assert frames[1, :, 0, 1].sum() == 0
    assert CartPole(10, 1, 1).pictures(torch.zeros(2, 4)) is None
    assert CartPole(10, 1, 1).scene == "cartpole"
