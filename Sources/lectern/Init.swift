import ArgumentParser
import Book

struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Make a small new book to begin with.")

  @Argument(help: "The new book's folder.", completion: .directory)
  var folder = "chapters"

  func run() throws {
    try StartingBook.create(at: folder)
    print("Made a book in \(folder). Build it with: lectern build \(folder)")
  }
}
