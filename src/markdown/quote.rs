//! Quotes that name their source in a last line that begins with a dash.

use super::document::{Document, Kind, NodeId};

/// Turns `quote` into a figure where its last line is `— 出典`: an em dash, a horizontal bar, or two hyphens, once or
/// twice, and after it words that are no sentence. A quote of nothing else stays as it is.
pub(super) fn find_source(document: &mut Document<'_>, quote: NodeId) {
    let Some(last) = document.last_child(quote) else { return };
    if !matches!(document.kind(last), Kind::Paragraph) {
        return;
    }
    let mut inline: Vec<NodeId> = document.children(last).collect();
    let is_break = |id: &NodeId| matches!(document.kind(*id), Kind::SoftBreak { .. } | Kind::HardBreak);
    let at = inline.iter().rposition(is_break).map_or(0, |at| at + 1);
    let alone = at == 0;
    if alone && document.get(quote).first == last {
        return;
    }
    let mut line = inline.split_off(at);
    let ends_sentence = line.last().is_some_and(|id| match document.kind(*id) {
        Kind::Text(text) => text.trim_end().ends_with(['。', '！', '？', '」']),
        _ => false,
    });
    let Some(first) = line.first().copied() else { return };
    let Kind::Text(text) = document.kind(first) else { return };
    let words = without_dash(text);
    if ends_sentence || words.is_none_or(|words| words.is_empty() && line.len() == 1) {
        return;
    }
    if words.is_some_and(str::is_empty) {
        line.remove(0);
    } else if let Some(words) = words {
        let at = text.len() - words.len();
        if let Some(rest) = document.split_text(first, at) {
            line[0] = rest;
        }
    }
    // The quote's slot becomes the figure: its blocks, then the line.
    inline.pop();
    document.set_children(last, &inline);
    let mut blocks: Vec<NodeId> = document.children(quote).collect();
    if alone {
        blocks.pop();
    }
    let span = document.get(first).span;
    let source = document.add(Kind::Source, span);
    document.set_children(source, &line);
    blocks.push(source);
    document.set_children(quote, &blocks);
    document.get_mut(quote).kind = Kind::QuoteFigure;
}

/// What follows the dash at the head of `text`, where there is one.
fn without_dash(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let rest = text.trim_start_matches(['—', '―', '─']);
    let rest = if rest.len() == text.len() { text.strip_prefix("--")?.trim_start_matches('-') } else { rest };
    Some(rest.trim())
}
