import CellOutputs
import Figures
import ReinforcementLearning
import Testing

@Suite struct FigureTests {
  @Test func gridShowsValuesAndArrows() throws {
    let lake = FrozenLake()
    let best = valueIteration(lake.model(discount: 0.99))
    let table = lake.grid(values: best.values, policy: best.policy).output
    #expect(table.columns == ["", "0", "1", "2", "3"])
    #expect(table.rows[0][1] == .text("← 0.54"))
    #expect(table.rows[1][2] == .text("H"))
    #expect(table.rows[3][4] == .text("G"))
    #expect(lake.heatMap(best.values).output.height == 4)
    #expect(GridWorld.textbook.grid(policy: .uniform(states: 16, actions: 4)).output.rows[0][2] == .text("✢"))
  }

  @Test func chainsAreGraphs() {
    let graph = Student.chain.graph.output
    #expect(graph.nodes.map(\.label).contains("Facebook"))
    #expect(graph.edges.contains { $0.from == "Pub" && $0.to == "Class 1" && $0.label == "0.2" })
    #expect(graph.nodes[0].layer == 0)
    let valued = Student.rewardProcess(discount: 0.9).graph.output
    #expect(valued.nodes[0].details == ["R = -2", "v = -5.01"])
    #expect(Student().model(discount: 1).graph().output.edges.contains { $0.label == "pub, p = 0.4, r = 1" })
  }

  @Test func sweepsAreTables() {
    let process = GridWorld.textbook.model(discount: 1)
    let table = policyEvaluation(process, .uniform(process), tolerance: 0, sweeps: 50).table([0, 1, 2]).output
    #expect(table.rows.count == 3)
    #expect(table.rows[2][2] == .number(-1.75, decimals: 3))
  }

  @Test func filmsHaveFrames() {
    var pole = CartPole()
    let path = pole.play(seed: 0, recordingFrames: true) { $0[2] > 0 ? 1 : 0 }
    #expect(path.frames.count == path.count + 1)
    let film = path.film(6).output
    #expect(film.channels.count == 6 && film.channels[0].name == "step 0" && film.width == 41)
    #expect(path.description.contains("steps, return"))
  }

  @Test func paths() {
    let cliff = CliffWalking()
    let best = valueIteration(cliff.model(discount: 1)).policy
    let rows = cliff.path(best).output.rows
    #expect(rows[3][1] == .text("0") && rows[2][1] == .text("1") && rows[3][12] == .text("13"))
    #expect(rows[3][2] == .text("C"))
  }
}
