import Testing

@testable import qbitvault

@Suite struct IndentedJSONTests {
    @Test func aDocumentIsLaidOut() throws {
        let text = #"{"b":[1,{"a":null}, [] ,{}],"a" : "x\"},{[y\\","":-1.50e+300 ,"n":123456789012345678901234567890}"#
        let laidOut = """
            {
              "b": [
                1,
                {
                  "a": null
                },
                [],
                {}
              ],
              "a": "x\\"},{[y\\\\",
              "": -1.50e+300,
              "n": 123456789012345678901234567890
            }

            """
        #expect(String(decoding: try #require(IndentedJSON(Array(text.utf8))).bytes, as: UTF8.self) == laidOut)
    }

    @Test(arguments: ["1", "\"a\"", "true", "[]", "{}", "\n null \t"])
    func anyValueIsADocument(_ text: String) throws {
        let laidOut = try #require(IndentedJSON(Array(text.utf8))).bytes
        let word = text.split { " \n\t".contains($0) }.joined()
        #expect(String(decoding: laidOut, as: UTF8.self) == word + "\n")
    }

    @Test(arguments: [
        "", " ", "v5.1.0", "Ok.", "{", "}", "[1", "[1,]", "[,1]", "[1 2]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}",
        "\"a", "\"a\nb\"", "\"a\\", "tru", "nan", "-", "1x", "--1", "[1]x", "[1][2]", "{\"a\":1]",
        String(repeating: "[", count: 100_000),
    ])
    func somethingElseIsNone(_ text: String) {
        #expect(IndentedJSON(Array(text.utf8)) == nil)
    }
}
