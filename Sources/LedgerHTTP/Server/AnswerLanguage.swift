/// The language that a client wants its sentences in.
enum AnswerLanguage: String {
    case chinese = "zh-CN"
    case english = "en"

    /// What `Accept-Language` prefers (RFC 9110 §12.5.4); Chinese where it says nothing, or nothing that we speak.
    init(accepting header: String?) {
        self = .chinese
        var best = 0.0
        for range in (header ?? "").split(separator: ",").prefix(20) {
            let parts = range.split(separator: ";").map { $0.filter { !$0.isWhitespace }.lowercased() }
            guard let tag = parts.first?.split(separator: "-").first else { continue }
            let quality =
                parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            guard quality > best else { continue }
            switch tag {
            case "en": (self, best) = (.english, quality)
            case "zh", "*": (self, best) = (.chinese, quality)
            default: break
            }
        }
    }
}
