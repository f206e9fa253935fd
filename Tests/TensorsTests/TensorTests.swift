import Tensors
import Testing

@Suite struct TensorTests {
  @Test func valuesAreTheirOwn() {
    let a: Tensor = [1, 2, 3]
    var b = a
    b[0] = Tensor(9)
    #expect(a == [1, 2, 3])
    #expect(b == [9, 2, 3])
  }

  @Test func creation() {
    #expect(Tensor([[1, 2], [3, 4]]).shape == [2, 2])
    #expect(Tensor(3).shape == [])
    #expect(Tensor.arange(3) == [0, 1, 2])
    #expect(Tensor.arange(from: 1, to: 2, by: 0.5) == [1, 1.5])
    #expect(Tensor.linspace(0, 1, count: 5) == [0, 0.25, 0.5, 0.75, 1])
    #expect(Tensor.eye(2) == [[1, 0], [0, 1]])
    #expect(Tensor.oneHot([1, 0], classes: 3) == [[0, 1, 0], [1, 0, 0]])
    #expect(Tensor.full([2], 7) == [7, 7])
  }

  @Test func indexing() {
    let x = Tensor.arange(12).reshape(3, 4)
    #expect(x[1] == [4, 5, 6, 7])
    #expect(x[-1, -1] == Tensor(11))
    #expect(x[.all, 1] == [1, 5, 9])
    #expect(x[1..<3, 0...1] == [[4, 5], [8, 9]])
    #expect(x[..<1, 2...] == [[2, 3]])
    #expect(x[[2, 0]] == [[8, 9, 10, 11], [0, 1, 2, 3]])
    var y = x
    y[.all, 0] = [7, 7, 7]
    #expect(y[2] == [7, 9, 10, 11])
  }

  @Test func sortingAndSelection() {
    let x: Tensor = [[3, 1, 2], [9, 7, 8]]
    #expect(x.sorted().values == [[1, 2, 3], [7, 8, 9]])
    #expect(x.sorted(axis: 0, descending: true).indices == [[1, 1, 1], [0, 0, 0]])
    #expect(x.topK(2).values == [[3, 2], [9, 8]])
    #expect(x.argmax() == 3)
    #expect(x.argmin(axis: 1) == [1, 1])
  }

  @Test func notANumberStaysSo() {
    let nan = Float.nan
    for f in [exp, log, sqrt, tanh, sigmoid, softplus, relu] as [(Tensor) -> Tensor] {
      #expect(f(Tensor([nan])).item.isNaN)
    }
    #expect(Tensor([1, nan, 2]).max().item.isNaN)
    #expect(maximum([1], Tensor([nan])).item.isNaN)
    #expect(Tensor([1, nan]).sum().item.isNaN)
  }

  @Test func functionsAtTheEdges() {
    #expect(exp(Tensor([-Float.infinity, 0, 100, .infinity])) == Tensor([0, 1, Float.infinity, .infinity]))
    #expect(log(Tensor([0, 1, Float.infinity])) == Tensor([-Float.infinity, 0, .infinity]))
    #expect(tanh([-50, 0, 50]) == [-1, 0, 1])
    #expect(sigmoid(Tensor([-Float.infinity, .infinity])) == [0, 1])
  }

  /// exp and log within two units in the last place over their whole range.
  @Test func functionsAreExact() {
    let x = Tensor.linspace(-87, 88, count: 20_001)
    for (a, b) in zip(x.scalars, exp(x).scalars) {
      let exact = Float(exp(Double(a)))
      #expect(abs(b - exact) <= 2 * exact.ulp)
    }
    let y = Tensor.linspace(1e-3, 50, count: 20_001)
    for (a, b) in zip(y.scalars, log(y).scalars) {
      let exact = Float(log(Double(a)))
      #expect(abs(b - exact) <= 2 * max(exact.ulp, 1e-7))
    }
  }

  @Test func sumsOfManyNumbersAreExact() {
    #expect(abs(Tensor.full([1_000_000], 0.1).sum().item - 100_000) < 0.2)
  }

  @Test func linearAlgebra() {
    let a: Tensor = [[2, 1], [1, 3]]
    #expect(solve(a, [3, 5]).isClose(to: [0.8, 1.4], relative: 1e-5))
    #expect(matmul(inverse(a), a).isClose(to: Tensor.eye(2), absolute: 1e-5))
    #expect(abs(determinant(a) - 5) < 1e-5)
  }
}

@Suite struct PrintingTests {
  @Test func asPyTorchPrints() {
    #expect(Tensor([1, 2]).description == "tensor([1., 2.], shape: [2])")
    #expect(Tensor([1.5, -2]).description == "tensor([ 1.5000, -2.0000], shape: [2])")
    #expect(Tensor([[1, 2], [3, 4]]).description == "tensor([[1., 2.],\n        [3., 4.]], shape: [2, 2])")
    #expect(Tensor([0.00001, 1]).description == "tensor([1.0000e-05, 1.0000e+00], shape: [2])")
    #expect(Tensor([Float.nan, 1, .infinity]).description == "tensor([nan, 1., inf], shape: [3])")
    #expect(Tensor(3.25).description == "tensor(3.2500)")
    #expect(Tensor.zeros(0, 3).description == "tensor([], shape: [0, 3])")
  }

  @Test func longLinesAreBroken() {
    #expect(
      (Tensor.arange(12) / 3).description
        == """
        tensor([0.0000, 0.3333, 0.6667, 1.0000, 1.3333, 1.6667, 2.0000, 2.3333, 2.6667,
                3.0000, 3.3333, 3.6667], shape: [12])
        """)
  }

  @Test func blocksStandApart() {
    #expect(
      Tensor.arange(8).reshape(2, 2, 2).description
        == "tensor([[[0., 1.],\n         [2., 3.]],\n\n        [[4., 5.],\n         [6., 7.]]], shape: [2, 2, 2])"
    )
  }

  @Test func manyAreSummarised() {
    #expect(
      Tensor.arange(1001).description
        == "tensor([   0.,    1.,    2.,  ...,  998.,  999., 1000.], shape: [1001])")
    let row = "[0.5000, 0.5000, 0.5000,  ..., 0.5000, 0.5000, 0.5000]"
    let rows = [row, row, row, "...", row, row, row].joined(separator: ",\n        ")
    #expect(Tensor.full([12, 100], 0.5).description == "tensor([\(rows)], shape: [12, 100])")
  }
}

@Suite struct RandomTests {
  @Test func theSameSeedGivesTheSameNumbers() {
    let a = withSeed(3) { Tensor.normal(5) }
    let b = withSeed(3) { Tensor.normal(5) }
    #expect(a == b)
    #expect(withSeed(4) { Tensor.normal(5) } != a)
  }

  @Test func seedsAreScoped() {
    withSeed(0) {
      let first = Tensor.random(2)
      withSeed(1) { _ = Tensor.random(100) }
      let second = Tensor.random(2)
      manualSeed(0)
      #expect(concatenate([first, second]) == Tensor.random(4))
    }
  }

  @Test func aCellsSeedIsAManualSeed() {
    withSeed(9) {
      lecternLibrarySeed(0)
      #expect(Tensor.random(1).isClose(to: [0.4963], absolute: 1e-4))
    }
  }
}
