"""PyTorch's figures for what Ours.swift measures, with the same arguments and the same lines."""
import re
import statistics
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_num_threads(2)


def resident(key):
    with open("/proc/self/status") as status:
        return int(re.search(rf"{key}:\s+(\d+)", status.read())[1])


def measure_memory(start, step):
    for _ in range(100):
        step()
    print(f"peak memory, SimpleCNN\t{resident('VmHWM') - start}")


def measure(name, count, body, runs=9):
    if not all(wanted in name for wanted in sys.argv[1:]):
        return
    for _ in range(max(count // 5, 3)):
        body()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        for _ in range(count):
            body()
        times.append((time.perf_counter() - start) / count)
    print(f"{name}\t{statistics.median(times)}", flush=True)


class SimpleCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, kernel_size=3, padding=1)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=3, padding=1)
        self.fc1 = nn.Linear(64 * 7 * 7, 128)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        return self.fc2(F.relu(self.fc1(x.flatten(1))))


def training_step(model, optimizer, x, y):
    def body():
        loss = F.cross_entropy(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return body


def forward_backward(model, x, output=lambda result: result):
    def body():
        model.zero_grad()
        output(model(x)).sum().backward()
    return body


start = resident("VmRSS")
torch.manual_seed(0)
model = nn.Sequential(nn.Linear(3, 5), nn.ReLU(), nn.Linear(5, 2))
measure("SimpleNN step", 1000, training_step(
    model, torch.optim.SGD(model.parameters(), lr=0.01), torch.randn(1, 3), torch.tensor([1])))
model = nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))
labels = torch.randint(10, (64,))
measure("MLP step", 50, training_step(model, torch.optim.Adam(model.parameters()), torch.randn(64, 784), labels))
model = SimpleCNN()
step = training_step(model, torch.optim.Adam(model.parameters()), torch.randn(64, 1, 28, 28), labels)
if sys.argv[1:] == ["memory"]:
    measure_memory(start, step)
    sys.exit()
measure("SimpleCNN step", 10, step)
measure("RNN forward and backward", 10, forward_backward(nn.RNN(64, 128), torch.randn(50, 32, 64), lambda r: r[0]))
measure("Transformer layer forward and backward", 5, forward_backward(
    nn.TransformerEncoderLayer(128, 4, 512, dropout=0, batch_first=True), torch.randn(32, 64, 128)))
with torch.no_grad():
    x, y = torch.randn(1_000_000), torch.randn(1_000_000)
    measure("exp, 1M", 50, lambda: torch.exp(x))
    measure("tanh, 1M", 50, lambda: torch.tanh(x))
    measure("sum, 1M", 50, lambda: x.sum())
    measure("add, 1M", 50, lambda: x + y)
    x = torch.randn(1024, 1000)
    measure("softmax, 1024 x 1000", 30, lambda: torch.softmax(x, -1))
    x = torch.randn(64, 32, 28, 28)
    layer = nn.BatchNorm2d(32)
    measure("BatchNorm2d, 64 x 32 x 28 x 28", 20, lambda: layer(x))
    measure("maxPool2d, 64 x 32 x 28 x 28", 20, lambda: F.max_pool2d(x, 2))
    a, b = torch.randn(1024, 1024), torch.randn(1024, 1024)
    measure("matmul 1024", 5, lambda: a @ b)
