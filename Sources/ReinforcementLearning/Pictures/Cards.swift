import Figures

extension Blackjack {
  /// The hands: the dealer's above, of which one card is hidden until the player sticks, the player's below.
  public func draw() -> Scene? {
    let (mine, theirs, isOver) = hands
    guard !theirs.isEmpty else { return nil }
    let shown = isOver ? theirs : [theirs[0]]
    let width = Double(max(mine.count, theirs.count, 4))
    let total = theirs.reduce(0, +) + (theirs.contains(1) && theirs.reduce(0, +) <= 11 ? 10 : 0)
    var scene = Scene(
      x: -1.6...width, y: -0.1...2.5,
      description:
        "\(render())\(isOver ? ", dealer has \(theirs.map(String.init).joined(separator: " ")) = \(total)" : "")"
    )
    scene.text("dealer", at: (-0.8, 1.85), ink: .muted)
    scene.text("player", at: (-0.8, 0.5), ink: .muted)
    for (place, card) in theirs.enumerated() {
      scene.card(place < shown.count ? card : nil, at: (Double(place), 1.35))
    }
    for (place, card) in mine.enumerated() { scene.card(card, at: (Double(place), 0)) }
    return scene
  }
}

extension Scene {
  /// A card with its number, or its back.
  fileprivate mutating func card(_ card: Int?, at corner: (Double, Double)) {
    let far = (corner.0 + 0.75, corner.1 + 1)
    rectangle(corner, far, ink: card == nil ? .blue : .ground, isFilled: true)
    rectangle(corner, far, ink: .muted)
    if let card {
      text(card == 1 ? "A" : "\(card)", at: (corner.0 + 0.375, corner.1 + 0.5), size: 18)
    }
  }
}
