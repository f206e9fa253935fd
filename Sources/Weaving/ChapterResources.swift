import Bibliography

/// What a chapter's page draws on besides its text.
public struct ChapterResources: Hashable, Sendable {
  /// The files that the chapter shows or links to, by the names that it has for them.
  public var files: [String: LinkedFile] = [:]
  /// The works that it may cite besides the book's.
  public var bibliography = Bibliography()

  public init() {}
}

/// A file of the book's that stands beside its pages.
public struct LinkedFile: Hashable, Sendable {
  /// Relative to the output folder.
  public var path: String
  /// What it is, where it is an image.
  public var image: ImageFile?

  public init(path: String, image: ImageFile? = nil) {
    self.path = path
    self.image = image
  }
}
