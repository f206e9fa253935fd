extension CellOutput {
  /// What a terminal, a diff and a screen reader get.
  public var plainText: String { "" }
}
