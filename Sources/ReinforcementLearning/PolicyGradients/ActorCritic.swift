import NeuralNetworks
import Tensors

/// Advantage actor–critic (A2C; Mnih et al. 2016, without the asynchrony): a few steps of several copies of the world,
/// then one update of the actor by the advantages and of the critic towards what came.
///
///     let agent = ActorCritic().train(CartPole(), steps: 300_000, seed: 0)
public struct ActorCritic: Sendable {
  /// γ; 0.99 by default.
  public var discount = 0.99
  /// λ of the advantage estimates.
  public var lambda = 0.95
  /// Of Adam; 0.002 by default.
  public var learningRate: Float = 0.002
  /// Copies of the world that are stepped together.
  public var environments = 8
  /// Steps of each copy for one update.
  public var stepsPerUpdate = 16
  /// How much the policy's entropy counts beside the objective; 0.01 by default.
  public var entropyBonus: Float = 0.01
  /// How much the critic's loss counts; 0.5 by default.
  public var valueWeight: Float = 0.5
  /// Longer gradients are shortened to this.
  public var gradientLimit: Float = 0.5
  /// The widths of the hidden layers; [64, 64] by default.
  public var hidden = [64, 64]
  /// Whether the learning rate sinks to zero over the training steps.
  public var annealsLearningRate = true
  /// The mean return at which training ends, `nil` for never.
  public var target: Double? = 475

  /// Settings with some changed: `ActorCritic { $0.discount = … }`.
  public init(_ configure: (inout ActorCritic) -> Void = { _ in }) { configure(&self) }

  /// - Parameters:
  ///   - policy: observations [N, n] → logits [N, actions].
  ///   - critic: observations [N, n] → values [N, 1].
  ///   - steps: at most so many environment steps.
  public func train(
    _ environment: any ControlEnvironment, policy: (any Module)? = nil, critic: (any Module)? = nil,
    steps: Int = 500_000, seed: Int? = nil
  ) -> Agent {
    agent(environment, policy: policy, critic: critic, steps: steps, seed: seed)
  }
}

extension ActorCritic: ActorAndCritic {
  // Each rollout is used once, all of it at once.
  var epochs: Int { 1 }
  var batchSize: Int { .max }
  var anneals: Bool { annealsLearningRate }

  func actorLoss(chosen: Tensor, old: Tensor, advantages: Tensor, left: Float) -> Tensor {
    -(chosen * advantages).mean()
  }
}
