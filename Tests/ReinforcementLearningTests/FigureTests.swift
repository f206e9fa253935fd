import CellOutputs
import Figures
import ReinforcementLearning
import Testing

@Suite struct FigureTests {
  @Test func gridShowsValuesAndArrows() throws {
    let lake = FrozenLake()
    let best = valueIteration(lake.model(discount: 0.99))
    let grid = lake.grid(values: best.values, policy: best.policy)
    #expect((grid.output.rows, grid.output.columns) == (4, 4))
    #expect(grid.description.hasPrefix("S ← 0.54  ↑ 0.50"))
    #expect(grid.output.cells[5] == .init(ground: .hole, text: "H"))
    #expect(grid.output.cells[15] == .init(ground: .goal, text: "G"))
    #expect(grid.output.altText.hasPrefix("A grid of 4 × 4; v from "))
    #expect(lake.heatMap(best.values).output.height == 4)
    #expect(GridWorld.textbook.grid(policy: .uniform(states: 16, actions: 4)).output.cells[1].arrows?.count == 4)
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
    let grid = cliff.path(best).output
    #expect(grid.cells[36].text == "0" && grid.cells[24].text == "1" && grid.cells[47].text == "13")
    #expect(grid.cells[37].text == "C")
    #expect(grid.path?.count == 14)
  }
}
