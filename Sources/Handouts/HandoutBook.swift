import Chapters
import ExecutionRecords
import Foundation

/// A chapter as its page shows it, with the run behind it.
public struct HandoutPage: Sendable {
  /// The page's place in the output folder: `en/11-training.html`.
  public var path: String
  public var html: String
  public var title: String
  public var chapter: Chapter
  public var record: ExecutionRecord

  public init(path: String, html: String, title: String, chapter: Chapter, record: ExecutionRecord) {
    self.path = path
    self.html = html
    self.title = title
    self.chapter = chapter
    self.record = record
  }
}

/// The chapters of one language, in reading order.
public struct HandoutBook: Sendable {
  public var title: String
  public var author: String?
  public var description: String?
  public var language: String
  public var pages: [HandoutPage]

  public init(title: String, author: String?, description: String?, language: String, pages: [HandoutPage]) {
    self.title = title
    self.author = author
    self.description = description
    self.language = language
    self.pages = pages
  }
}
