import NeuralNetworks
import Tensors
import Testing

/// What well-known filters do to a picture, and how much of it a neuron sees.
@Suite struct PictureTests {
  @Test func filtersFindWhatTheyAreFor() {
    let image = Datasets.picture(size: 48)
    #expect(image.shape == [1, 1, 48, 48])
    #expect(image.min().item >= 0 && image.max().item == 1)
    func filtered(_ filter: Tensor) -> Tensor { conv2d(image, filter.reshape(1, 1, 3, 3), padding: 1)[0, 0] }
    #expect(filtered(Filters.identity) == image[0, 0])
    // The house's left wall, a vertical edge: Sobel's x answers, his y does not.
    let (wall, inside) = (30, 9)
    #expect(filtered(Filters.sobelX)[wall, inside].item > 0.7)
    #expect(abs(filtered(Filters.sobelY)[wall, inside].item) < 0.1)
    // The ground, a horizontal edge.
    #expect(
      abs(filtered(Filters.sobelX)[42, 2].item) < 0.01 && abs(filtered(Filters.sobelY)[42, 2].item) > 0.3)
    // Blurring keeps the mean and takes away from the contrast.
    #expect(
      filtered(Filters.blur)[5..<40, 5..<40].standardDeviation().item
        < image[0, 0, 5..<40, 5..<40].standardDeviation().item)
    #expect(Filters.all.count == 8 && Filters.all.allSatisfy { $0.filter.shape == [3, 3] })
    for (name, filter) in Filters.all where ["identity", "blur", "gaussian", "sharpen"].contains(name) {
      #expect(abs(filter.sum().item - 1) < 1e-6, "\(name) keeps an even picture as it is")
    }
  }

  /// The formula, and a gradient that shows it: only pixels of the field reach the output.
  @Test func receptiveFields() {
    #expect(receptiveField([(kernelSize: 3, stride: 1)]) == 3)
    #expect(receptiveField([(kernelSize: 3, stride: 1), (kernelSize: 3, stride: 1)]) == 5)
    // SimpleCNN up to its second pooling.
    let layers = [(3, 1), (2, 2), (3, 1), (2, 2)].map { (kernelSize: $0.0, stride: $0.1) }
    #expect(receptiveField(layers) == 10)
    let x = Tensor.ones(1, 1, 20, 20).requiringGradient()
    let one = Tensor.ones(1, 1, 3, 3)
    let y = avgPool2d(conv2d(avgPool2d(conv2d(x, one), kernelSize: 2), one), kernelSize: 2)
    y[0, 0, 1, 1].backward()
    let columns = x.gradient![0, 0].sum(axis: 0).scalars.filter { $0 != 0 }.count
    #expect(columns == 10)
  }
}
