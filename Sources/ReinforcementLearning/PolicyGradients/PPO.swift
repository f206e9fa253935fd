import NeuralNetworks
import Tensors

/// Proximal policy optimisation (Schulman et al. 2017): several passes over the same steps, the policy's change held
/// back by clipping its ratio to the policy that made them. The defaults solve CartPole in some 50,000 steps.
///
///     let agent = PPO().train(CartPole(), steps: 100_000, seed: 0)
public struct PPO: Sendable {
  /// γ; 0.98 by default.
  public var discount = 0.98
  /// λ of the advantage estimates.
  public var lambda = 0.8
  /// Of Adam; 0.001 by default.
  public var learningRate: Float = 0.001
  /// ε: the ratio counts from 1 − ε to 1 + ε.
  public var clip: Float = 0.2
  /// Copies of the world that are stepped together.
  public var environments = 8
  /// Steps of each copy for one update.
  public var stepsPerUpdate = 32
  /// Passes over the steps of an update.
  public var epochs = 10
  /// Steps of a rollout that are learnt from at once; 256 by default.
  public var batchSize = 256
  /// How much the policy's entropy counts beside the objective; 0 by default.
  public var entropyBonus: Float = 0
  /// How much the critic's loss counts; 0.5 by default.
  public var valueWeight: Float = 0.5
  /// Longer gradients are shortened to this.
  public var gradientLimit: Float = 0.5
  /// The widths of the hidden layers; [64, 64] by default.
  public var hidden = [64, 64]
  /// Whether the learning rate and ε sink to zero over the training steps.
  public var anneals = true
  /// The mean return at which training ends, `nil` for never.
  public var target: Double? = 475

  /// Settings with some changed: `PPO { $0.discount = … }`.
  public init(_ configure: (inout PPO) -> Void = { _ in }) { configure(&self) }

  /// - Parameters:
  ///   - policy: observations [N, n] → logits [N, actions].
  ///   - critic: observations [N, n] → values [N, 1].
  ///   - steps: at most so many environment steps.
  public func train(
    _ environment: any ControlEnvironment, policy: (any Module)? = nil, critic: (any Module)? = nil,
    steps: Int = 200_000, seed: Int? = nil
  ) -> Agent {
    agent(environment, policy: policy, critic: critic, steps: steps, seed: seed)
  }
}

extension PPO: ActorAndCritic {
  func actorLoss(chosen: Tensor, old: Tensor, advantages: Tensor, left: Float) -> Tensor {
    -clippedObjective(ratio: exp(chosen - old), advantage: advantages, clip: clip * left).mean()
  }
}
