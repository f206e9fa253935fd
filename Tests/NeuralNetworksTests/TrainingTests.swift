import Foundation
import NeuralNetworks
import Tensors
import Testing

@Suite struct TrainingTests {
  @Test func simpleCNNReadsUnseenDigits() {
    withSeed(0) {
      let model = Sequential(
        Conv2d(1, 32, kernelSize: 3, padding: 1), ReLU(), MaxPool2d(2),
        Conv2d(32, 64, kernelSize: 3, padding: 1),
        ReLU(), MaxPool2d(2), Flatten(), Linear(3136, 128), ReLU(), Linear(128, 10))
      let trainer = Trainer(model, optimizer: Adam(model.parameters))
      trainer.report = { _ in }
      let history = trainer.fit(DataLoader(Datasets.digits(4000), batchSize: 64, shuffle: true), epochs: 3)
      #expect(history.count == 3)
      #expect(history.last < history.losses[0])
      #expect(trainer.evaluate(Datasets.digits(1000)).accuracy > 0.97)
    }
  }

  @Test func memoryHoldsSteady() {
    withSeed(0) {
      let model = Sequential(
        Conv2d(1, 8, kernelSize: 3, padding: 1), ReLU(), MaxPool2d(2), Flatten(), Linear(1568, 10))
      let optimizer = Adam(model.parameters)
      let x = Tensor.normal(16, 1, 28, 28)
      func step() {
        let loss = crossEntropy(model(x), [Int](repeating: 3, count: 16))
        optimizer.zeroGradients()
        loss.backward()
        optimizer.step()
      }
      for _ in 0..<5 { step() }
      let before = MemoryUse.now.current
      for _ in 0..<200 { step() }
      // Other tests use memory at the same time; a leak of one activation a step would be 80 MB.
      #expect(MemoryUse.now.current - before < 60_000_000)
    }
  }

  @Test func aCharacterModelLearns() {
    withSeed(0) {
      let text = Corpora.story(sentences: 20)
      let vocabulary = Vocabulary(characters: text)
      let numbers = vocabulary.encode(characters: text)
      let (embedding, network, head) = (
        Embedding(vocabulary.count, 16), GRU(16, 32), Linear(32, vocabulary.count)
      )
      let optimizer = Adam(embedding.parameters + network.parameters + head.parameters, learningRate: 0.01)
      var losses: [Float] = []
      for step in 0..<60 {
        let part = numbers[step * 10 % 500..<step * 10 % 500 + 65]
        let states = network(embedding(Array(part.dropLast())).unsqueeze(axis: 1)).output
        let loss = crossEntropy(head(states).squeeze(axis: 1), Array(part.dropFirst()))
        optimizer.zeroGradients()
        loss.backward()
        clipGradientNorm(optimizer.parameters, maximum: 1)
        optimizer.step()
        losses.append(loss.item)
      }
      #expect(losses.last! < losses[0] * 0.75)
      let next: ([Int]) -> Tensor = { head(network(embedding($0).unsqueeze(axis: 1)).output)[-1, 0] }
      #expect(generate([0], count: 5, sampling: .topK(3), next: next).count == 6)
      let beams = beamSearch([0], width: 3, count: 4, next: next)
      let greedy = generate([0], count: 4, next: next)
      #expect(beams.count == 3)
      #expect(beams[0].sequence.count == greedy.count)
    }
  }

  @Test func earlyStoppingStops() {
    var stopping = EarlyStopping(patience: 2)
    #expect([3, 2, 2.5, 2.1].map { stopping.shouldStop($0) } == [false, false, false, true])
  }

  @Test func loadersGoThroughAll() {
    withSeed(0) {
      let loader = DataLoader(Tensor.arange(10).reshape(10, 1), Array(0..<10), batchSize: 4, shuffle: true)
      let seen = loader.flatMap { x, y in
        #expect(x.reshape(-1).integers == y)
        return y
      }
      #expect(seen.sorted() == Array(0..<10))
      #expect(seen != Array(0..<10))
      #expect(loader.count == 3)
    }
  }

  @Test func idxFilesAreRead() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).idx").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data([0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 255]).write(to: URL(fileURLWithPath: path))
    #expect(try Datasets.idx(path) == [[1, 2, 3], [4, 5, 255]])
    // The same, as gzip packs it.
    let packed = "H4sIAAAAAAACA2Ng4GBiYGAAYWZGJmYW1v8A8N5fIRIAAAA="
    try Data(base64Encoded: packed)!.write(to: URL(fileURLWithPath: path))
    #expect(try Datasets.idx(path) == [[1, 2, 3], [4, 5, 255]])
    try Data([1, 2, 3]).write(to: URL(fileURLWithPath: path))
    #expect(throws: DataFileError.self) { try Datasets.idx(path) }
  }
}
