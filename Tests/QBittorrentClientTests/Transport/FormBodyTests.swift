import NIOCore
import Secrets
import Testing

@testable import QBittorrentClient

@Suite struct FormBodyTests {
    @Test func fieldsArePercentEncoded() {
        let body = FormBody([Field("a", "x y+z&%="), Field("b", "ü🔑~-._")])
        #expect(body.text == "a=x%20y%2Bz%26%25%3D&b=%C3%BC%F0%9F%94%91~-._")
        #expect(body.contentType == "application/x-www-form-urlencoded")
    }

    @Test func everyByteOfASecretArrives() {
        let secret = Secret(copying: UInt8.min...UInt8.max)
        let body = FormBody([Field("username", "me&you")], secret: "password", secret)
        #expect(body.text.hasPrefix("username=me%26you&password=%00%01%02"))
        #expect(decoded(body.text.split(separator: "=").last ?? "") == Array(UInt8.min...UInt8.max))
    }

    @Test func theBodyIsMadeInOnePieceOfItsOwnSize() {
        let secret = Secret.random(count: 1000)
        let body = FormBody([Field("username", "admin")], secret: "password", secret)
        #expect(body.buffer.storageCapacity < 2 * body.buffer.readableBytes)
        #expect(body.buffer.readerIndex == 0)
    }

    @Test func wipingReachesWhatOthersHold() {
        let body = FormBody([], secret: "password", Secret.random(count: 100))
        let heldByTheTransport = body.buffer
        #expect(heldByTheTransport.readableBytesView.contains { $0 != 0 })
        body.wipe()
        #expect(heldByTheTransport.readableBytesView.allSatisfy { $0 == 0 })
    }

    @Test func lettingGoWipes() {
        var body: FormBody? = FormBody([Field("a", "b")])
        let held = body?.buffer
        body = nil
        #expect(held?.readableBytesView.elementsEqual([0, 0, 0]) == true)
    }

    @Test func aFileIsEnclosedInABoundaryThatItDoesNotHold() throws {
        let file = UploadedFile(field: "torrents", name: "a.torrent", contentType: "x/y", bytes: [0, 13, 10, 255])
        let body = FormBody([Field("tags", "a,b")], file: file)
        let boundary = try #require(body.contentType.split(separator: "boundary=").last)
        var expected = Array("--\(boundary)\r\ncontent-disposition: form-data; name=\"tags\"\r\n\r\na,b\r\n".utf8)
        expected +=
            "--\(boundary)\r\ncontent-disposition: form-data; name=\"torrents\"; filename=\"a.torrent\"\r\n".utf8
        expected += "content-type: x/y\r\n\r\n".utf8
        expected += [0, 13, 10, 255]
        expected += "\r\n--\(boundary)--\r\n".utf8
        #expect(Array(body.buffer.readableBytesView) == expected)
    }

    private func decoded(_ text: some StringProtocol) -> [UInt8] {
        var bytes = Array(text.utf8)[...]
        var result: [UInt8] = []
        while let byte = bytes.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                result.append(byte)
                continue
            }
            result.append(UInt8(String(decoding: bytes.prefix(2), as: UTF8.self), radix: 16) ?? 0)
            bytes = bytes.dropFirst(2)
        }
        return result
    }
}

extension FormBody {
    fileprivate var text: String { String(decoding: buffer.readableBytesView, as: UTF8.self) }
}
