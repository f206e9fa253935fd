import Figures

extension GridEnvironment {
  /// The map in colours, and the agent on it: holes blue, goals green, a cliff orange, walls grey.
  public func draw() -> Scene? {
    let (row, column) = (cell(of: state) / map.width, cell(of: state) % map.width)
    var scene = Scene(
      x: 0...Double(map.width), y: 0...Double(map.height),
      description: "Agent in row \(row), column \(column) of a map of \(map.height) × \(map.width)",
      isDownward: true)
    for i in 0..<map.height {
      for j in 0..<map.width {
        if let ink = ground(map.rows[i][j]) { scene.square(i, j, ink: ink) }
        if "SG".contains(map.rows[i][j]) {
          scene.text(
            "\(map.rows[i][j])", at: (Double(j) + 0.5, Double(i) + 0.5),
            ink: map.rows[i][j] == "G" ? .ground : .muted)
        }
      }
    }
    scene.grid(rows: map.height, columns: map.width)
    scene.circle((Double(column) + 0.5, Double(row) + 0.5), radius: 0.25, ink: .pink, isFilled: true)
    return scene
  }

  private func ground(_ letter: Character) -> Scene.Ink? {
    switch letter {
    case "H": .blue
    case "G": .green
    case "C": .orange
    case "#": .gray
    default: nil
    }
  }
}

extension Scene {
  /// One square of a grid, filled.
  fileprivate mutating func square(_ row: Int, _ column: Int, ink: Ink) {
    rectangle((Double(column), Double(row)), (Double(column + 1), Double(row + 1)), ink: ink, isFilled: true)
  }

  /// The lines between the squares, and around them.
  fileprivate mutating func grid(rows: Int, columns: Int) {
    for i in 0...rows { line((0, Double(i)), (Double(columns), Double(i)), ink: .muted, width: 1) }
    for j in 0...columns { line((Double(j), 0), (Double(j), Double(rows)), ink: .muted, width: 1) }
  }
}

extension Taxi {
  /// The five rows of streets with their walls, the four places, the taxi, the passenger and where they want to go.
  public func draw() -> Scene? {
    let (row, column, passenger, destination) = Taxi.decode(state)
    var scene = Scene(x: 0...5, y: 0...5, description: stateName(state), isDownward: true)
    scene.grid(rows: 5, columns: 5)
    for i in 0..<5 {
      for j in 1..<5 where !Taxi.isOpen(row: i, leftOf: j) {
        scene.line((Double(j), Double(i)), (Double(j), Double(i + 1)), width: 4)
      }
    }
    for (place, letter) in zip(Taxi.places, ["R", "G", "Y", "B"]) {
      scene.text(letter, at: (Double(place.1) + 0.2, Double(place.0) + 0.25), ink: .muted)
    }
    let goal = Taxi.places[destination]
    scene.rectangle(
      (Double(goal.1) + 0.08, Double(goal.0) + 0.08), (Double(goal.1) + 0.92, Double(goal.0) + 0.92),
      ink: .green,
      width: 3)
    let (x, y) = (Double(column), Double(row))
    scene.rectangle((x + 0.2, y + 0.35), (x + 0.8, y + 0.75), ink: .yellow, isFilled: true)
    let stands = passenger < 4 ? Taxi.places[passenger] : (row, column)
    scene.circle((Double(stands.1) + 0.5, Double(stands.0) + 0.5), radius: 0.14, ink: .pink, isFilled: true)
    return scene
  }
}

extension RandomWalk {
  /// The states in a row, the ends as squares, the present one filled.
  public func draw() -> Scene? {
    let count = table.start.count - 2
    // The ends are numbered last, and stand on the left and on the right.
    func place(_ s: Int) -> Double { s == count ? 0 : s == count + 1 ? Double(count + 1) : Double(s + 1) }
    var scene = Scene(
      x: -0.6...Double(count) + 1.6, y: -0.6...0.6, description: "Walker at \(stateName(state))")
    scene.line((0, 0), (Double(count + 1), 0), ink: .muted)
    for s in 0..<count + 2 {
      let x = place(s)
      let ink: Scene.Ink = s == state ? .pink : .ground
      if s < count {
        scene.circle((x, 0), radius: 0.35, ink: ink, isFilled: true)
        scene.circle((x, 0), radius: 0.35, ink: .muted)
        scene.text(stateName(s), at: (x, 0), ink: s == state ? .ground : .ink)
      } else {
        scene.rectangle((x - 0.3, -0.3), (x + 0.3, 0.3), ink: s == state ? .pink : .gray, isFilled: true)
      }
    }
    return scene
  }
}
