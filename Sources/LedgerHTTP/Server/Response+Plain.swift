import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    /// A text, with what may be kept of it and how long.
    static func plain(_ text: String, cached: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: cached],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
