//! Character references of HTML, as far as they stand for what GitHub acts on.

/// The numeric character references and the named ones of ASCII characters, decoded once.
pub(super) fn decoded(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        let reference = rest
            .char_indices()
            .take(12)
            .find(|(_, c)| *c == ';')
            .and_then(|(end, _)| Some((referenced(&rest[1..end])?, end + 1)));
        let (c, length) = reference.unwrap_or(('&', 1));
        decoded.push(c);
        rest = &rest[length..];
    }
    decoded.push_str(rest);
    decoded
}

fn referenced(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return code.ok().and_then(char::from_u32);
    }
    Some(match name {
        "amp" | "AMP" => '&',
        "lt" | "LT" => '<',
        "gt" | "GT" => '>',
        "quot" | "QUOT" => '"',
        "apos" => '\'',
        "nbsp" | "NonBreakingSpace" | "Tab" | "NewLine" => ' ',
        "commat" => '@',
        "num" => '#',
        "colon" => ':',
        "sol" => '/',
        "period" => '.',
        "dash" | "hyphen" => '-',
        "lowbar" | "UnderBar" => '_',
        "ast" | "midast" => '*',
        "grave" | "DiacriticalGrave" => '`',
        "lsqb" | "lbrack" => '[',
        "rsqb" | "rbrack" => ']',
        "lpar" => '(',
        "rpar" => ')',
        "vert" | "verbar" | "VerticalLine" => '|',
        "bsol" => '\\',
        "excl" => '!',
        "dollar" => '$',
        _ => return None,
    })
}
