import Chapters
import ExecutionRecords

/// The words that the page itself speaks, in the chapter's language.
struct Wording: Sendable {
  var page: PageWording
  var figure: String
  var table: String
  var listing: String
  var equation: String
  /// Between a caption's number and its text.
  var captionSeparator: String
  var isChinese: Bool

  /// Chinese for `zh` and its variants, English for all others.
  init(language: String) {
    let isChinese = language == "zh" || language.hasPrefix("zh-")
    self = isChinese ? .chinese : .english
  }

  private init(
    page: PageWording, figure: String, table: String, listing: String, equation: String,
    captionSeparator: String,
    isChinese: Bool
  ) {
    self.page = page
    self.figure = figure
    self.table = table
    self.listing = listing
    self.equation = equation
    self.captionSeparator = captionSeparator
    self.isChinese = isChinese
  }

  static let english = Wording(
    page: .english, figure: "Figure", table: "Table", listing: "Listing", equation: "Equation",
    captionSeparator: ": ", isChinese: false)

  static let chinese = Wording(
    page: .chinese, figure: "图", table: "表", listing: "代码", equation: "式", captionSeparator: "：",
    isChinese: true)

  /// What heads the list of the works that a chapter cites.
  var references: String { of("References", "参考文献") }

  /// One of two texts.
  func of(_ english: String, _ chinese: String) -> String {
    isChinese ? chinese : english
  }

  func title(of callout: Callout.Kind) -> String {
    switch callout {
    case .note: of("Note", "说明")
    case .tip: of("Tip", "提示")
    case .important: of("Important", "重要")
    case .warning: of("Warning", "警告")
    case .caution: of("Caution", "小心")
    case .exam: of("Exam", "考点")
    case .exercise: of("Exercise", "练习")
    case .solution: of("Solution", "解答")
    }
  }

  func headline(of status: CellStatus) -> String {
    switch status {
    case .ok: of("This cell ran to its end", "此单元格运行成功")
    case .failed: of("This cell stopped with an error", "此单元格因错误而停止")
    case .crashed: of("This cell crashed", "此单元格崩溃了")
    case .timedOut: of("This cell ran out of time", "此单元格运行超时")
    case .notCompiled: of("This cell does not compile", "此单元格无法编译")
    case .skipped: of("This cell was not run", "此单元格没有运行")
    }
  }
}

/// The words of the page's frame, which templates name.
struct PageWording: Sendable {
  var skip: String
  var contents: String
  var chapters: String
  var onThisPage: String
  var previous: String
  var next: String
  var otherLanguages: String
  var theme: String
  var themeAuto: String
  var themeLight: String
  var themeDark: String
  var copy: String
  var copied: String
  var home: String
  var close: String
  var search: String
  /// What the search field asks for.
  var searchHint: String
  var searchKeys: String
  /// With `{}` for the number of finds.
  var searchSome: String
  var searchNone: String
  var searchFailed: String

  static let english = PageWording(
    skip: "Skip to the text", contents: "Contents", chapters: "Chapters", onThisPage: "On this page",
    previous: "Previous", next: "Next", otherLanguages: "Other languages", theme: "Theme",
    themeAuto: "System",
    themeLight: "Light", themeDark: "Dark", copy: "Copy", copied: "Copied", home: "Home", close: "Close",
    search: "Search", searchHint: "Search the book",
    searchKeys: "Arrow keys choose, Enter opens, Escape closes",
    searchSome: "Sections found: {}", searchNone: "Nothing found",
    searchFailed: "The search index of this book could not be loaded")

  static let chinese = PageWording(
    skip: "跳到正文", contents: "目录", chapters: "章节", onThisPage: "本页内容", previous: "上一章", next: "下一章",
    otherLanguages: "其他语言", theme: "外观", themeAuto: "跟随系统", themeLight: "浅色", themeDark: "深色", copy: "复制",
    copied: "已复制", home: "首页", close: "关闭", search: "搜索", searchHint: "搜索全书",
    searchKeys: "方向键选择，回车打开，Esc 关闭", searchSome: "在 {} 节中找到", searchNone: "没有找到",
    searchFailed: "无法加载本书的搜索索引")
}
