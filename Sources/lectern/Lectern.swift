import ArgumentParser
import Book

@main
struct Lectern: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lectern", abstract: "A literate notebook: Markdown chapters with live Swift become a book.")
}
