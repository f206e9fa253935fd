import CellOutputs
import Figures

/// How learning went over several seeds: the mean of an episode's return, and its spread.
///
///     let q = learningCurve(seeds: 0..<10) { qLearning(CliffWalking(), episodes: 500, seed: $0).returns }
///     q.mean.last
///     q.chart
public struct LearningCurve: CellDisplayable, CustomStringConvertible, Sendable {
  /// What is learnt, or how.
  public let name: String
  /// The values of each seed, one for each episode.
  public let runs: [[Double]]

  /// The mean over the seeds, episode by episode.
  public var mean: [Double] { column { $0.reduce(0, +) / Double($0.count) } }

  /// The standard deviation over the seeds (n − 1), episode by episode.
  public var standardDeviation: [Double] { column { Returns($0).standardDeviation } }

  /// Each value the mean of the last `width` ones.
  public func smoothed(_ width: Int) -> LearningCurve {
    LearningCurve(name: name, runs: runs.map { movingAverage($0, width) })
  }

  /// The mean as a line, with a band of one standard deviation on each side of it.
  public var chart: Chart { LearningCurve.compare([self]) }

  /// The means of several curves in one chart, each with its band.
  ///
  /// - Parameter band: whether the spread is shown; yes by default.
  public static func compare(_ curves: [LearningCurve], title: String? = nil, band: Bool = true) -> Chart {
    Chart(
      output: ChartOutput(
        title: title, x: .init(label: "episode"), y: .init(label: "return"),
        series: curves.map { $0.series(band: band) }))
  }

  private func series(band isShown: Bool) -> ChartOutput.Series {
    let (mean, spread) = (mean, standardDeviation)
    return ChartOutput.Series(
      name: name, x: mean.indices.map { Double($0) }, y: mean,
      band: isShown && runs.count > 1
        ? .init(low: zip(mean, spread).map { $0 - $1 }, high: zip(mean, spread).map { $0 + $1 }) : nil)
  }

  public var cellOutput: CellOutput { chart.cellOutput }
  public var description: String { chart.description }

  private func column(_ value: ([Double]) -> Double) -> [Double] {
    (0..<(runs.map(\.count).min() ?? 0)).map { t in value(runs.map { $0[t] }) }
  }
}

/// Learns once with each seed; curves of different lengths count as far as the shortest one goes.
/// - Parameter run: the values of one seed, such as an algorithm's `returns`.
public func learningCurve(
  _ name: String = "return", seeds: some Sequence<Int>, smoothing: Int = 1, _ run: (Int) -> [Double]
) -> LearningCurve {
  LearningCurve(name: name, runs: seeds.map { movingAverage(run($0), smoothing) })
}

extension TabularLearning: CellDisplayable, CustomStringConvertible {
  /// The return of each episode.
  public var learningCurve: Chart { lineChart(returns, name: "return", x: "episode", y: "return") }
  public var cellOutput: CellOutput { learningCurve.cellOutput }
  public var description: String {
    "\(returns.count) episodes, \(steps) steps; the last 100: \(Returns(Array(returns.suffix(100))))"
  }
}

extension Agent: CellDisplayable, CustomStringConvertible {
  /// The mean return of the last twenty training episodes by the number of environment steps, and each episode's
  /// return faintly behind it.
  public var learningCurve: Chart {
    lineChart(
      returns, at: stepsAtEnd.map { Double($0) }, name: "mean of 20", x: "environment steps", y: "return"
    ).smoothed(over: 20)
  }
  public var cellOutput: CellOutput { learningCurve.cellOutput }
  public var description: String {
    "\(steps) steps, \(returns.count) episodes in \(fixed(seconds, 1)) s; the last 20: \(fixed(recentReturn(), 1))"
  }
}
