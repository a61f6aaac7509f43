import NIOCore
import Secrets
import Testing

@testable import QBittorrentClient

/// Bodies with values that were read from files.
@Suite struct FormContentsTests {
    @Test func aValueFromAFileIsAFieldLikeAnyOther() {
        let contents = [
            FieldContent("json", Secret(copying: #"{"a":1}"#.utf8)), FieldContent("x y", Secret(copying: [0, 255])),
        ]
        #expect(FormBody([Field("a", "b c")], contents: contents).text == "a=b%20c&json=%7B%22a%22%3A1%7D&x%20y=%00%FF")
        #expect(FormBody([], contents: contents).text == "json=%7B%22a%22%3A1%7D&x%20y=%00%FF")
        #expect(FormBody([], contents: []).text == "")
    }

    @Test func anUploadMakesEverythingAPart() throws {
        let contents = [
            FieldContent("torrents", fileName: "a\"b;c\r\nd\\ü.torrent", Secret(copying: [0, 13, 10, 255])),
            FieldContent("cookie", Secret(copying: "c=d".utf8)),
        ]
        let body = FormBody([Field("tags", "a,b")], contents: contents)
        let boundary = try #require(body.contentType.split(separator: "multipart/form-data; boundary=").last)
        var expected = Array("--\(boundary)\r\ncontent-disposition: form-data; name=\"tags\"\r\n\r\na,b\r\n".utf8)
        expected += "--\(boundary)\r\ncontent-disposition: form-data; name=\"torrents\"; ".utf8
        expected +=
            "filename=\"a%22b%3Bc%0D%0Ad%5C%C3%BC.torrent\"\r\ncontent-type: application/octet-stream\r\n\r\n".utf8
        expected += [0, 13, 10, 255]
        expected += "\r\n--\(boundary)\r\ncontent-disposition: form-data; name=\"cookie\"\r\n\r\nc=d\r\n".utf8
        expected += "--\(boundary)--\r\n".utf8
        #expect(Array(body.buffer.readableBytesView) == expected)
    }

    /// They may hold secrets: made in one piece, and wiped.
    @Test func noCopyIsLeftBehind() {
        let secret = Secret.random(count: 5000)
        for body in [
            FormBody([Field("a", "b")], contents: [FieldContent("c", secret.copy())]),
            FormBody([], contents: [FieldContent("c", fileName: "d", secret.copy())]),
            FormBody(contentType: "text/plain", secret),
        ] {
            let held = body.buffer
            #expect(held.storageCapacity < 2 * held.readableBytes)
            body.wipe()
            #expect(held.readableBytesView.allSatisfy { $0 == 0 })
        }
    }
}

extension FormBody {
    fileprivate var text: String { String(decoding: buffer.readableBytesView, as: UTF8.self) }
}
