import Tensors
import Testing

@Suite struct AutogradTests {
  /// Every function's gradient against central differences.
  @Test func gradientOfAFunctionLeavesOthersAlone() {
    let w = Tensor([2, 3], requiresGradient: true)
    (w * Tensor([1, 1])).sum().backward()
    let slope = gradient(of: { ($0 * w * $0).sum() }, at: Tensor([1, 2]))
    #expect(slope == Tensor([4, 12]))
    #expect(w.gradient == Tensor([1, 1]))
  }

  @Test(arguments: Gradients.all)
  func gradientsAgreeWithDifferences(_ function: NamedFunction) {
    withSeed(7) {
      // No two elements nearer to each other than a step, so that which is the largest does not change.
      let x = Tensor(randomPermutation(12).map { 0.35 + 0.11 * Float($0) }, shape: [3, 4])
      let check = checkGradient(of: { (function.apply($0) * weights(function.apply($0).shape)).sum() }, at: x)
      #expect(check.passed, "\(function.name): \(check)")
    }
  }

  private func weights(_ shape: [Int]) -> Tensor {
    Tensor((0..<shape.reduce(1, *)).map { Float($0 % 5) * 0.3 - 0.4 }, shape: shape)
  }

  @Test func longChainsNeitherOverflowWhenWalkedNorWhenFreed() {
    let x = Tensor(1, requiresGradient: true)
    var y = x
    for _ in 0..<100_000 { y = y * 1 }
    y.backward()
    #expect(x.gradient == Tensor(1))
    var z = x
    for _ in 0..<100_000 { z = z + x }
    z = Tensor(0)
    #expect(z.item == 0)
  }

  @Test func gradientsAddUp() {
    let x = Tensor(3, requiresGradient: true)
    square(x).backward()
    square(x).backward()
    #expect(x.gradient == Tensor(12))
  }

  @Test func aGraphCanBeKept() {
    let x = Tensor(3, requiresGradient: true)
    let y = square(x)
    y.backward(retainingGraph: true)
    y.backward()
    #expect(x.gradient == Tensor(12))
  }

  @Test func nothingIsRecordedWithoutGradient() {
    let x = Tensor(3, requiresGradient: true)
    #expect(!noGradient { square(x) }.requiresGradient)
    #expect(square(x).requiresGradient)
  }

  @Test func gradientOfAFunctionIsTakenWithoutGradientToo() {
    let slope = noGradient { gradient(of: { ($0 * $0).sum() }, at: [1, 2, 3]) }
    #expect(slope == [2, 4, 6])
    // What surrounds it is as before.
    let x = Tensor(3, requiresGradient: true)
    noGradient {
      _ = gradient(of: { $0.sum() }, at: x)
      #expect(!square(x).requiresGradient)
    }
    #expect(square(x).requiresGradient)
  }

  @Test func gradientDescentByHand() {
    var w = Tensor(1, requiresGradient: true)
    square(w).backward()
    noGradient { w -= 0.1 * w.gradient! }
    #expect(w.requiresGradient)
    #expect(abs(w.item - 0.8) < 1e-6)
  }

  @Test func sharedValuesGetBothGradients() {
    let x = Tensor([1, 2], requiresGradient: true)
    let y = x * x + x
    y.sum().backward()
    #expect(x.gradient == [3, 5])
  }

  @Test func assignmentCutsTheGradient() {
    let x = Tensor([1, 2, 3], requiresGradient: true)
    var y = x * 2
    y[1] = Tensor(0)
    y.sum().backward()
    #expect(x.gradient == [2, 0, 2])
  }
}

struct NamedFunction: Sendable, CustomTestStringConvertible {
  let name: String
  let apply: @Sendable (Tensor) -> Tensor
  var testDescription: String { name }
}

enum Gradients {
  private static func f(_ name: String, _ apply: @escaping @Sendable (Tensor) -> Tensor) -> NamedFunction {
    NamedFunction(name: name, apply: apply)
  }

  static let all: [NamedFunction] = [
    f("exp") { exp($0) }, f("log") { log($0) }, f("sqrt") { sqrt($0) }, f("tanh") { tanh($0) },
    f("sigmoid") { sigmoid($0) }, f("softplus") { softplus($0) }, f("logSigmoid") { logSigmoid($0 - 1) },
    f("gelu") { gelu($0) }, f("silu") { silu($0) }, f("elu") { elu($0 - 1) }, f("abs") { abs($0 - 1) },
    f("sin") { sin($0) }, f("cos") { cos($0) }, f("pow") { pow($0, 2.5) },
    f("power of tensors") { pow($0, $0) },
    f("divide") { 1 / $0 }, f("broadcast") { $0 * $0[0] + $0[.all, 0..<1] }, f("mean") { $0.mean(axis: 0) },
    f("variance") { $0.variance(axis: 1) }, f("standard deviation") { $0.standardDeviation() },
    f("norm") { $0.norm() }, f("product") { $0.product() }, f("softmax") { softmax($0, axis: 0) },
    f("logSoftmax") { logSoftmax($0) }, f("logSumExp") { logSumExp($0) },
    f("cumulative sum") { $0.cumulativeSum(axis: 0) },
    f("maximum") { maximum($0, 1 / $0) }, f("max along an axis") { $0.max(axis: 1) },
    f("matmul") { matmul($0, $0.transposed) },
    f("matmul with a vector") { matmul($0, $0[0]) }, f("permute") { $0.permute(1, 0) },
    f("flip") { $0.flip(axis: 1) },
    f("stack") { stack([$0, $0 * 2], axis: 1) }, f("repeated") { $0.repeated(2, 1, 3) },
    f("select") { $0.select(rows: [2, 0, 2]) },
    f("gather") { $0.gather([[0, 1], [3, 3], [2, 0]], axis: 1) },
    f("pad") { $0.pad([(1, 0), (0, 2)]) }, f("choose") { choose($0 .> 1, square($0), $0) },
    f("sorted") { $0.sorted(axis: 1).values }, f("unfold") { unfold($0.reshape(1, 1, 3, 4), kernelSize: 2) },
    f("conv2d") { conv2d($0.reshape(1, 1, 3, 4), $0[0..<2, 0..<2].reshape(1, 1, 2, 2), padding: 1) },
    f("convTranspose2d") {
      convTranspose2d($0.reshape(1, 1, 3, 4), $0[0..<2, 0..<2].reshape(1, 1, 2, 2), stride: 2)
    },
    f("average pooling") { avgPool2d($0.reshape(1, 1, 3, 4), kernelSize: 2, stride: 1, padding: 1) },
    f("max pooling") { maxPool2d($0.reshape(1, 1, 3, 4), kernelSize: 2, stride: 1) },
    f("max pooling 2 × 2") { maxPool2d($0.reshape(1, 1, 3, 4), kernelSize: 2) },
    f("adaptive max pooling") { adaptiveMaxPool2d($0.reshape(1, 1, 3, 4), outputSize: 2) },
    f("solve") { solve($0[.all, 0..<3] + 3 * Tensor.eye(3), $0[.all, 3]) },
    f("inverse") { inverse($0[.all, 0..<3] + 3 * Tensor.eye(3)) },
  ]
}
