import Tensors

/// The loop of training: epochs of batches, with progress, and what was measured as a `History`.
///
///     let trainer = Trainer(model, optimizer: Adam(model.parameters))
///     let history = trainer.fit(DataLoader(digits, batchSize: 64, shuffle: true), epochs: 5)
public final class Trainer {
  /// What is trained.
  public let model: any Module
  /// What changes its parameters.
  public let optimizer: any Optimizer
  private let loss: (Tensor, [Int]) -> Tensor
  /// Changes the learning rate after each epoch.
  public var schedule: (any LearningRateSchedule)?
  /// The longest that all gradients together may be; unlimited by default.
  public var maximumGradientNorm: Float?
  /// Told of each epoch's measurements; prints them by default.
  public var report: (String) -> Void = { print($0) }

  /// - Parameter loss: of outputs and labels; the mean cross-entropy by default.
  public init(
    _ model: any Module, optimizer: any Optimizer,
    loss: @escaping (Tensor, [Int]) -> Tensor = { crossEntropy($0, $1) }
  ) {
    self.model = model
    self.optimizer = optimizer
    self.loss = loss
  }

  /// Trains for some epochs.
  /// - Parameters:
  ///   - validation: examples that are not learnt from; their loss and accuracy are measured after each
  ///     epoch.
  ///   - earlyStopping: ends training when the validation's loss no longer falls (the training's, without
  ///     any).
  @discardableResult
  public func fit(
    _ loader: DataLoader, epochs: Int, validation: Dataset? = nil, earlyStopping: EarlyStopping? = nil
  ) -> History {
    if loader.count == 0 {
      stop("Trainer: there is no batch to learn from: \(loader.dataset.count) examples")
    }
    var history = History()
    var stopping = earlyStopping
    for epoch in 1...Swift.max(epochs, 1) where epochs > 0 {
      let (loss, accuracy) = trainEpoch(loader)
      if let validation {
        let (otherLoss, otherAccuracy) = evaluate(validation)
        history.append([
          "loss": loss, "accuracy": accuracy, "validation loss": otherLoss,
          "validation accuracy": otherAccuracy,
        ])
        report(
          "epoch \(epoch)/\(epochs): loss \(decimal(loss, 4)), accuracy \(decimal(accuracy, 4)), validation loss \(decimal(otherLoss, 4)), accuracy \(decimal(otherAccuracy, 4))"
        )
      } else {
        history.append(["loss": loss, "accuracy": accuracy])
        report("epoch \(epoch)/\(epochs): loss \(decimal(loss, 4)), accuracy \(decimal(accuracy, 4))")
      }
      schedule?.step()
      if stopping?.shouldStop(history.values(validation == nil ? "loss" : "validation loss").last ?? 0)
        == true
      {
        report("stopped early after epoch \(epoch)")
        break
      }
    }
    return history
  }

  /// One pass over the batches: the mean loss and accuracy while learning.
  private func trainEpoch(_ loader: DataLoader) -> (loss: Double, accuracy: Double) {
    model.train()
    var (total, correct, count) = (0.0, 0, 0)
    for (x, y) in loader {
      let output = model(x)
      let loss = loss(output, y)
      if !loss.item.isFinite {
        stop(
          "Trainer: the loss is \(loss.item) after \(count) examples: the learning rate may be too large, or an input is not finite"
        )
      }
      optimizer.zeroGradients()
      loss.backward()
      if let maximumGradientNorm { clipGradientNorm(optimizer.parameters, maximum: maximumGradientNorm) }
      optimizer.step()
      total += Double(loss.item) * Double(y.count)
      correct += correctCount(output, y)
      count += y.count
    }
    return (total / Double(count), Double(correct) / Double(count))
  }

  /// The mean loss and the accuracy on examples, without learning from them.
  public func evaluate(_ dataset: Dataset, batchSize: Int = 256) -> (loss: Double, accuracy: Double) {
    model.eval()
    defer { model.train() }
    var (total, correct) = (0.0, 0)
    noGradient {
      for (x, y) in DataLoader(dataset, batchSize: batchSize) {
        let output = model(x)
        total += Double(loss(output, y).item) * Double(y.count)
        correct += correctCount(output, y)
      }
    }
    return (total / Double(dataset.count), Double(correct) / Double(dataset.count))
  }
}

/// Ends training when a loss has not fallen by more than `minimumChange` for `patience` epochs.
public struct EarlyStopping: Sendable {
  /// How many epochs without progress are waited for.
  public let patience: Int
  /// By how much a loss must fall to count as progress.
  public let minimumChange: Double
  private var best = Double.infinity
  private var waited = 0

  /// - Parameters:
  ///   - patience: 3 by default.
  ///   - minimumChange: 0 by default.
  public init(patience: Int = 3, minimumChange: Double = 0) {
    self.patience = patience
    self.minimumChange = minimumChange
  }

  /// Whether to stop after an epoch with this loss.
  public mutating func shouldStop(_ loss: Double) -> Bool {
    if loss < best - minimumChange {
      best = loss
      waited = 0
    } else {
      waited += 1
    }
    return waited >= patience
  }
}
