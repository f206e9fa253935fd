#!/usr/bin/env python3
"""The reinforcement-learning library beside Gymnasium, NumPy and PyTorch, in one run.

    python3 Benchmarks/reinforcement-learning/compare.py

Needs gymnasium, numpy and torch in this Python, and a release build (make build).
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import gymnasium
import numpy as np
import torch

HERE = pathlib.Path(__file__).resolve().parent
PACKAGE = HERE.parent.parent
BUILD = pathlib.Path(os.environ.get("LECTERN_BUILD", PACKAGE / ".build/release"))
# Name, what is counted, how many times faster it has to be.
GOALS = [
    ("cartpole-steps", "CartPole, random steps a second", 50),
    ("frozenlake-q-learning", "FrozenLake, Q-learning steps a second", 100),
    ("reinforce-cartpole", "REINFORCE on CartPole, steps a second", 20),
    ("value-iteration-sweeps", "value iteration, 10,000 states, sweeps a second", 3),
]


def swift():
    """Compiled against the library as a cell is, but optimised."""
    environment = {k: v for k, v in os.environ.items() if k != "OPENBLAS_CORETYPE"}
    with tempfile.TemporaryDirectory() as folder:
        program = pathlib.Path(folder) / "measure"
        includes = [BUILD / "Modules", PACKAGE / "Sources/COpenBLAS", PACKAGE / "Sources/CVectorMath/include"]
        subprocess.run(
            ["swiftc", "-O", "-swift-version", "5", str(HERE / "measure.swift"), "-o", str(program)]
            + [f"-I{path}" for path in includes]
            + [f"-L{BUILD}", "-lNotebookLibrary", "-Xlinker", "-rpath", "-Xlinker", str(BUILD)],
            check=True, env=environment)
        lines = subprocess.run([str(program)], check=True, capture_output=True, text=True, env=environment).stdout
    return {name: float(rate) for name, rate in (line.split() for line in lines.splitlines())}


def cartpole_steps(count=100_000):
    env = gymnasium.make("CartPole-v1")
    env.reset(seed=0)
    env.action_space.seed(0)
    for _ in range(count):
        _, _, terminated, truncated, _ = env.step(env.action_space.sample())
        if terminated or truncated:
            env.reset()
    return count


def frozenlake_q_learning(episodes=5000, discount=0.99, step_size=0.1, epsilon=0.1):
    env = gymnasium.make("FrozenLake-v1")
    random = np.random.default_rng(0)
    q = np.zeros((16, 4))
    state, _ = env.reset(seed=0)
    steps = 0
    for _ in range(episodes):
        over = False
        while not over:
            if random.random() < epsilon:
                action = int(random.integers(4))
            else:
                action = int(random.choice(np.flatnonzero(q[state] == q[state].max())))
            after, reward, terminated, truncated, _ = env.step(action)
            target = reward if terminated else reward + discount * q[after].max()
            q[state, action] += step_size * (target - q[state, action])
            state = after
            steps += 1
            over = terminated or truncated
        state, _ = env.reset()
    return steps


def reinforce_cartpole(steps=20_000, discount=0.99):
    torch.manual_seed(0)
    env = gymnasium.make("CartPole-v1")
    policy = torch.nn.Sequential(torch.nn.Linear(4, 64), torch.nn.Tanh(), torch.nn.Linear(64, 2))
    optimizer = torch.optim.Adam(policy.parameters(), lr=0.005)
    done, seed = 0, 0
    while done < steps:
        losses = []
        for _ in range(8):
            observation, _ = env.reset(seed=seed)
            seed += 1
            logs, rewards, over = [], [], False
            while not over:
                distribution = torch.distributions.Categorical(logits=policy(torch.from_numpy(observation)))
                action = distribution.sample()
                logs.append(distribution.log_prob(action))
                observation, reward, terminated, truncated, _ = env.step(action.item())
                rewards.append(reward)
                over = terminated or truncated
            total, returns = 0.0, []
            for reward in reversed(rewards):
                total = reward + discount * total
                returns.append(total)
            losses.append((torch.stack(logs), torch.tensor(returns[::-1])))
            done += len(rewards)
        returns = torch.cat([r for _, r in losses])
        returns = (returns - returns.mean()) / (returns.std() + 1e-8)
        loss = -(torch.cat([l for l, _ in losses]) * returns).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return done


def value_iteration_sweeps(sweeps=200, n=100, slip=0.2, discount=0.99):
    cells = np.arange(n * n)
    row, column = np.divmod(cells, n)
    moves = [(0, -1), (1, 0), (0, 1), (-1, 0)]
    to = np.stack([np.clip(row + i, 0, n - 1) * n + np.clip(column + j, 0, n - 1) for i, j in moves], axis=1)
    goal = n * n - 1
    after = np.stack([np.stack([to[:, (a + 3) % 4], to[:, a], to[:, (a + 1) % 4]], axis=1) for a in range(4)], axis=1)
    chance = np.array([slip / 2, 1 - slip, slip / 2])
    weight = np.where(after == goal, 0.0, chance) * discount
    reward = np.full((n * n, 4), -1.0)
    weight[goal], reward[goal] = 0, 0
    values = np.zeros(n * n)
    for _ in range(sweeps):
        values = (reward + (weight * values[after]).sum(axis=2)).max(axis=1)
    return sweeps


def best_rate(body):
    best = 0.0
    for _ in range(3):
        start = time.perf_counter()
        count = body()
        best = max(best, count / (time.perf_counter() - start))
    return best


def main():
    python = {
        "cartpole-steps": cartpole_steps, "frozenlake-q-learning": frozenlake_q_learning,
        "reinforce-cartpole": reinforce_cartpole, "value-iteration-sweeps": value_iteration_sweeps,
    }
    ours = swift()
    print(f"{'':50}{'Python':>12}{'Swift':>14}{'times':>8}{'goal':>7}")
    missed = 0
    for name, title, goal in GOALS:
        theirs = best_rate(python[name])
        ratio = ours[name] / theirs
        missed += ratio < goal
        print(f"{title:50}{theirs:12,.0f}{ours[name]:14,.0f}{ratio:8.1f}{goal:7}{'' if ratio >= goal else '  missed'}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
