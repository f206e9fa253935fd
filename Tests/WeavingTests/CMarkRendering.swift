import CMarkGFM
import Chapters

/// Markdown as cmark-gfm itself renders it, with Lectern's two policies applied to its tree: raw HTML is shown as text,
/// and links lead by http, https and mailto only.
func cmarkRendering(of markdown: String) -> String {
  CMark.exclusively {
    let options = CMARK_OPT_FOOTNOTES | CMARK_OPT_TABLE_PREFER_STYLE_ATTRIBUTES | CMARK_OPT_UNSAFE
    let parser = cmark_parser_new(options)
    defer { cmark_parser_free(parser) }
    for name in ["table", "strikethrough", "autolink", "tasklist"] {
      cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(name))
    }
    var markdown = markdown
    markdown.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
    }
    guard let document = cmark_parser_finish(parser) else { return "" }
    defer { cmark_node_free(document) }
    applyPolicies(to: document)
    guard let html = cmark_render_html(document, options, cmark_parser_get_syntax_extensions(parser)) else {
      return ""
    }
    defer { cmark_get_default_mem_allocator().pointee.free(html) }
    return String(cString: html)
  }
}

private func applyPolicies(to document: OpaquePointer) {
  var raw: [OpaquePointer] = []
  var links: [OpaquePointer] = []
  let iterator = cmark_iter_new(document)
  while true {
    let event = cmark_iter_next(iterator)
    guard event != CMARK_EVENT_DONE, let node = cmark_iter_get_node(iterator) else { break }
    guard event == CMARK_EVENT_ENTER else { continue }
    let type = cmark_node_get_type(node)
    if type == CMARK_NODE_HTML_INLINE || type == CMARK_NODE_HTML_BLOCK { raw.append(node) }
    if type == CMARK_NODE_LINK, !leadsSomewhere(String(cString: cmark_node_get_url(node))) { links.append(node) }
  }
  cmark_iter_free(iterator)
  for node in raw {
    let literal = String(cString: cmark_node_get_literal(node))
    let isBlock = cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK
    if !isComment(literal), let text = cmark_node_new(isBlock ? CMARK_NODE_CODE_BLOCK : CMARK_NODE_TEXT) {
      cmark_node_set_literal(text, literal)
      cmark_node_insert_before(node, text)
    }
    cmark_node_unlink(node)
    cmark_node_free(node)
  }
  for link in links {
    while let child = cmark_node_first_child(link) { cmark_node_insert_before(link, child) }
    cmark_node_unlink(link)
    cmark_node_free(link)
  }
}

private func leadsSomewhere(_ url: String) -> Bool {
  guard let scheme = url.prefixMatch(of: /([a-zA-Z][a-zA-Z0-9+.\-]*):/) else {
    return !url.hasPrefix("//") && !url.hasPrefix("\\")
  }
  return ["http", "https", "mailto"].contains(scheme.1.lowercased())
}

private func isComment(_ html: String) -> Bool {
  html.wholeMatch(of: /\s*<!--(?:(?!-->).)*-->\s*/.dotMatchesNewlines()) != nil
}
