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
    let uniform = GridWorld.textbook.grid(policy: .uniform(states: 16, actions: 4)).output
    #expect(uniform.cells[1].arrows?.count == 4)
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

  @Test func episodesArePlayedFrameByFrame() throws {
    var pole = CartPole()
    let path = pole.play(seed: 0, recordingFrames: true) { $0[2] > 0 ? 1 : 0 }
    #expect(path.frames.count == path.count + 1 && path.scenes.count == path.frames.count)
    let film = path.film(6).output
    #expect(film.label == "step" && film.frames.count == 6)
    #expect(film.frames[0].caption == "step 0: the start")
    #expect(film.frames[5].caption.hasPrefix("step \(path.count): "))
    #expect(film.frames[5].caption.hasSuffix(", reward 1, in all \(path.count)"))
    guard case .scene(let scene) = film.frames[0].outputs[0] else { throw CancellationError() }
    #expect(scene.x == .init(-2.6, 2.6) && scene.shapes.count == 6)
    guard case .frames = path.cellOutput else { throw CancellationError() }
    #expect(path.description.contains("steps, return"))
    // Without frames an episode is a table of its steps, with the actions' names.
    let plain = pole.play(seed: 0) { $0[2] > 0 ? 1 : 0 }
    guard case .table(let table) = plain.cellOutput else { throw CancellationError() }
    #expect(["left", "right"].contains { table.rows[0][2] == .text($0) })
  }

  /// Where the drawing says where the agent is, it is there.
  @Test func drawingsShowTheState() throws {
    var car = MountainCar()
    car.reset(to: [0.2, 0])
    #expect(car.draw()?.output.shapes.last?.points[0].x == 0.2)
    var pole = CartPole()
    pole.reset(to: [1, 0, 0.1, 0])
    let rod = try #require(pole.draw()).output.shapes[4].points
    #expect(rod[0].x == 1 && abs(rod[1].x - 1.0998) < 1e-3)
    #expect(pole.draw()?.output.description == "Cart at 1.00, pole leaning 5.7° to the right")
    var pendulum = Pendulum()
    pendulum.reset(to: [0, 0])
    #expect(pendulum.draw()?.output.shapes[1].points[1] == .init(0, 1))
    var acrobot = Acrobot()
    acrobot.reset(to: [0, 0, 0, 0])
    #expect(acrobot.draw()?.output.shapes[2].points[1] == .init(0, -2))
  }

  @Test func worldsOfTablesAreDrawn() throws {
    var lake = FrozenLake(isSlippery: false)
    _ = lake.reset(seed: 0)
    _ = lake.step(2)
    let ice = try #require(lake.draw()).output
    #expect(ice.isDownward && ice.shapes.last?.points[0] == .init(1.5, 0.5))
    #expect(ice.shapes.count { $0.ink == .blue && $0.isFilled } == 4)
    #expect(ice.description == "Agent in row 0, column 1 of a map of 4 × 4")
    var cliff = CliffWalking()
    _ = cliff.reset(seed: 0)
    #expect(cliff.draw()?.output.shapes.count { $0.ink == .orange } == 10)
    var taxi = Taxi()
    _ = taxi.reset(seed: 3)
    let street = try #require(taxi.draw()).output
    #expect(
      street.shapes.count { $0.form == .line && $0.size == 4 } == 6
        && street.description == taxi.stateName(taxi.state))
    var game = Blackjack()
    _ = game.reset(seed: 3)
    // Four cards, of which the dealer's second one lies on its face.
    let hands = try #require(game.draw()).output
    #expect(hands.shapes.count { $0.ink == .blue } == 1 && hands.shapes.count { $0.form == .text } == 5)
    _ = game.step(0)
    #expect(game.draw()?.output.shapes.count { $0.ink == .blue } == 0)
    var walk = RandomWalk()
    _ = walk.reset(seed: 0)
    #expect(walk.draw()?.output.description == "Walker at C")
    #expect(Gambler().draw()?.output == nil)
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
