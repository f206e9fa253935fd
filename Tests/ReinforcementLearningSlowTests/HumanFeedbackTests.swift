import ReinforcementLearning
import Testing

/// The three stages: politeness becomes the rule with the penalty, and is lost to reward hacking without it.
@Suite struct HumanFeedbackTests {
  @Test(arguments: 0..<3) func politenessRises(_ seed: Int) {
    let stages = ThreeStages(seed: seed)
    let (before, tuned, penalized, free) = (
      stages.measures[0], stages.measures[1], stages.measures[2], stages.measures[3]
    )
    print(stages.table)
    // Fine-tuning: the demonstrations are learnt, answers make sense, few are polite.
    #expect(before.loss > 2 && tuned.loss < 1)
    #expect(before.sensible < 0.1 && tuned.sensible > 0.8)
    #expect(tuned.preferred < 0.3)
    // The reward model: from a coin's toss to what the judge says.
    #expect(abs(stages.rewardLosses[0] - 0.693147) < 1e-4)
    #expect(stages.rewardAccuracy.before == 0.5 && stages.rewardAccuracy.after > 0.95)
    // PPO with the penalty: polite, sensible, and near the fine-tuned model.
    #expect(penalized.preferred > 0.9)
    #expect(penalized.divergence < 4)
    // Without it: more reward, and nothing that anyone would say.
    #expect(free.reward > penalized.reward)
    #expect(free.preferred < 0.5)
    #expect(free.divergence > 3 * penalized.divergence)
  }
}
