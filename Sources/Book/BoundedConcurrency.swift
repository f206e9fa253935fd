extension Collection where Self: Sendable, Element: Sendable {
  /// Transforms the elements, at most `limit` of them at once; the results stand in the elements' order.
  func concurrentMap<Result: Sendable>(
    limit: Int, _ transform: @escaping @Sendable (Element) async throws -> Result
  ) async throws -> [Result] {
    try await withThrowingTaskGroup(of: (Int, Result).self) { group in
      var results = [Result?](repeating: nil, count: count)
      var waiting = enumerated().makeIterator()
      func startNext() {
        guard let (position, element) = waiting.next() else { return }
        group.addTask { (position, try await transform(element)) }
      }
      for _ in 0..<Swift.max(1, limit) { startNext() }
      while let (position, result) = try await group.next() {
        results[position] = result
        startNext()
      }
      return results.compactMap { $0 }
    }
  }
}
