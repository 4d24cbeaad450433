import RegistryAPI
import Testing

@testable import Registry
@testable import RegistryServer

@Suite("Hostile input gets a problem document, and costs nobody else anything")
struct HostileInputTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let what: String
        let request: String
        let status: Int
        let code: String
        var testDescription: String { what }
    }

    static let organization = #"{"id":"a","name":"A","country":"DE"}"#

    static let cases: [Case] = [
        Case(
            what: "an empty body where fields are needed",
            request: RawClient.post("/v1/organizations", ""),
            status: 422,
            code: "input.invalid"
        ),
        Case(
            what: "a body that is cut off",
            request: RawClient.post("/v1/organizations", #"{"id":"a","na"#),
            status: 400,
            code: "request.malformed"
        ),
        Case(
            what: "a body that is not JSON",
            request: RawClient.post("/v1/organizations", "id=a"),
            status: 400,
            code: "request.malformed"
        ),
        Case(
            what: "a body that is a list",
            request: RawClient.post("/v1/organizations", "[]"),
            status: 422,
            code: "input.invalid"
        ),
        Case(
            what: "a deeply nested body",
            request: RawClient.post("/v1/organizations", String(repeating: "[", count: 100_000)),
            status: 400,
            code: "request.malformed"
        ),
        Case(
            what: "a field that stands twice",
            request: RawClient.post("/v1/organizations", #"{"id":"a","id":"b","name":"A","country":"DE"}"#),
            status: 400,
            code: "request.malformed"
        ),
        Case(
            what: "a field that nobody knows",
            request: RawClient.post("/v1/organizations", #"{"id":"a","name":"A","country":"DE","admin":true}"#),
            status: 422,
            code: "input.invalid"
        ),
        Case(
            what: "a number that is a text",
            request: RawClient.post(
                "/v1/tenants/a.example/subscriptions",
                #"{"skuPartNumber":"ENTERPRISEPACK","seats":"5","source":"x"}"#
            ),
            status: 422,
            code: "input.invalid"
        ),
        Case(
            what: "a year that none follows",
            request: RawClient.post(
                "/v1/enrollments",
                #"{"organization":"o","program":"silver-competency","startsOn":"9999-12-31"}"#
            ),
            status: 422,
            code: "input.invalid"
        ),
        Case(
            what: "a number out of range",
            request: RawClient.post(
                "/v1/tenants/a.example/subscriptions",
                #"{"skuPartNumber":"ENTERPRISEPACK","seats":99999999999999999999,"source":"x"}"#
            ),
            status: 422,
            code: "input.invalid"
        ),
        Case(
            what: "a number with a fraction",
            request: RawClient.post(
                "/v1/tenants/a.example/subscriptions",
                #"{"skuPartNumber":"ENTERPRISEPACK","seats":2.5,"source":"x"}"#
            ),
            status: 422,
            code: "input.invalid"
        ),
        Case(
            what: "a null where a text is needed",
            request: RawClient.post("/v1/organizations", #"{"id":null,"name":"A","country":"DE"}"#),
            status: 422,
            code: "input.invalid"
        ),
        Case(
            what: "a text that is not UTF-8",
            request: RawClient.post("/v1/organizations", #"{"id":"a\ud800","name":"A","country":"DE"}"#),
            status: 400,
            code: "request.malformed"
        ),
        Case(
            what: "another media type",
            request: RawClient.post("/v1/organizations", organization, type: "text/plain"),
            status: 415,
            code: "media-type.unsupported"
        ),
        Case(
            what: "a field of the path in the body",
            request: RawClient.post(
                "/v1/organizations/a/locations",
                #"{"organization":"b","id":"x","name":"X","country":"DE"}"#
            ),
            status: 422,
            code: "input.invalid"
        ),
        Case(
            what: "a path that is not there",
            request: RawClient.get("/v2/organizations"),
            status: 404,
            code: "route.not-found"
        ),
        Case(
            what: "a path with a slash at its end",
            request: RawClient.get("/v1/organizations/"),
            status: 404,
            code: "route.not-found"
        ),
        Case(
            what: "another method",
            request: "DELETE /v1/organizations HTTP/1.1\r\nHost: x\r\n\r\n",
            status: 405,
            code: "method.not-allowed"
        ),
        Case(
            what: "a segment of dots",
            request: RawClient.get("/v1/../v1/organizations"),
            status: 400,
            code: "request.malformed"
        ),
        Case(
            what: "an escaped segment of dots",
            request: RawClient.get("/v1/organizations/%2e%2e"),
            status: 400,
            code: "request.malformed"
        ),
        Case(
            what: "an escaped slash",
            request: RawClient.get("/v1/organizations/a%2fb"),
            status: 422,
            code: "input.invalid"
        ),
        Case(
            what: "an escaped NUL",
            request: RawClient.get("/v1/organizations/a%00b"),
            status: 400,
            code: "request.malformed"
        ),
        Case(
            what: "half an escape",
            request: RawClient.get("/v1/organizations/a%2"),
            status: 400,
            code: "request.malformed"
        ),
        Case(
            what: "an escape that is not UTF-8",
            request: RawClient.get("/v1/organizations/%ff"),
            status: 400,
            code: "request.malformed"
        ),
        Case(
            what: "a parameter that nobody knows",
            request: RawClient.get("/v1/organizations?sort=name"),
            status: 422,
            code: "input.invalid"
        ),
        Case(
            what: "a parameter that is given twice",
            request: RawClient.get("/v1/organizations?limit=1&limit=2"),
            status: 422,
            code: "input.invalid"
        ),
        Case(
            what: "a limit beyond the limit",
            request: RawClient.get("/v1/organizations?limit=1001"),
            status: 422,
            code: "input.invalid"
        ),
        Case(
            what: "an override of no rule",
            request: RawClient.post("/v1/organizations?override=R99", organization),
            status: 422,
            code: "input.invalid"
        ),
        Case(
            what: "two idempotency keys",
            request: RawClient.post(
                "/v1/organizations",
                organization,
                headers: "Idempotency-Key: a\r\nIdempotency-Key: b\r\n"
            ),
            status: 400,
            code: "request.malformed"
        ),
        Case(
            what: "an empty idempotency key",
            request: RawClient.post("/v1/organizations", organization, headers: "Idempotency-Key: \r\n"),
            status: 400,
            code: "request.malformed"
        ),
        Case(
            what: "a request id with blanks",
            request: RawClient.get("/v1/organizations", headers: "X-Request-Id: a b\r\n"),
            status: 400,
            code: "request.malformed"
        ),
        Case(what: "no HTTP", request: "HELO daemon\r\n\r\n", status: 400, code: "request.malformed"),
        Case(
            what: "two lengths",
            request: "POST /v1/organizations HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
            status: 400,
            code: "request.malformed"
        ),
        Case(
            what: "a length and chunks",
            request:
                "POST /v1/organizations HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            status: 400,
            code: "request.malformed"
        ),
        Case(
            what: "a flood of headers",
            request: RawClient.get("/v1/organizations", headers: (0..<200).map { "X-\($0): y\r\n" }.joined()),
            status: 431,
            code: "headers.too-large"
        ),
        Case(
            what: "a large header",
            request: RawClient.get(
                "/v1/organizations",
                headers: "X-Large: \(String(repeating: "y", count: 40_000))\r\n"
            ),
            status: 431,
            code: "headers.too-large"
        ),
        Case(
            what: "a body whose length is beyond the limit",
            request:
                "POST /v1/organizations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5000000\r\n\r\n",
            status: 413,
            code: "request.too-large"
        ),
        Case(
            what: "a body as long as a plan may be",
            request: {
                let body = #"{"plan":""# + String(repeating: "y", count: 5_000_000) + #""}"#
                return "POST /v1/renewals/none/apply HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
            }(),
            status: 422,
            code: "input.invalid"
        ),
        Case(
            what: "chunks beyond the limit",
            request:
                "POST /v1/organizations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                + String(repeating: "10000\r\n\(String(repeating: " ", count: 65_536))\r\n", count: 65),
            status: 413,
            code: "request.too-large"
        ),
        Case(
            what: "an unwanted body on a GET",
            request: "GET /v1/organizations/none HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}",
            status: 404,
            code: "organization.not-found"
        ),
    ]

    @Test("Each gets its status and its code", arguments: cases)
    func refused(_ hostile: Case) async throws {
        try await withDaemon { daemon in
            let answer = try await RawClient.ask(daemon.socketPath, hostile.request)
            #expect(answer.status == hostile.status)
            #expect(answer.member("code") == hostile.code)
            #expect(answer.headers["content-type"] == "application/problem+json")
            #expect(answer.member("requestId") == answer.headers["x-request-id"])
            let after = try await RawClient.ask(daemon.socketPath, RawClient.get("/healthz"))
            #expect(after.status == 200)
        }
    }

    @Test("A wrong method is told the right ones")
    func allow() async throws {
        try await withDaemon { daemon in
            let answer = try await RawClient.ask(daemon.socketPath, "PUT /v1/organizations HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(answer.headers["allow"] == "GET, HEAD, POST")
        }
    }

    @Test("HEAD answers as GET does, without the body")
    func head() async throws {
        try await withDaemon { daemon in
            let client = try RawClient(daemon.socketPath)
            await client.send("HEAD /healthz HTTP/1.1\r\nHost: x\r\n\r\n" + RawClient.get("/v1/nothing"))
            #expect(try await client.line() == "HTTP/1.1 200 OK")
            while try await !client.line().isEmpty {}
            #expect(try await client.answer().status == 404)
        }
    }

    @Test("Requests that are sent at once are answered in order")
    func pipelining() async throws {
        try await withDaemon { daemon in
            let client = try RawClient(daemon.socketPath)
            await client.send(
                RawClient.post("/v1/organizations", Self.organization) + RawClient.get("/v1/organizations/a")
                    + RawClient.get("/v1/organizations/b") + RawClient.get("/healthz")
            )
            var statuses: [Int] = []
            for _ in 0..<4 { statuses.append(try await client.answer().status) }
            #expect(statuses == [201, 200, 404, 200])
        }
    }

    @Test("What is refused writes nothing")
    func nothingWritten() async throws {
        try await withDaemon { daemon in
            for hostile in Self.cases { _ = try? await RawClient.ask(daemon.socketPath, hostile.request) }
            let page = try await daemon.service.answer(
                ListOrganizations(limit: PageLimit(10)),
                as: TestDaemon.owner
            )
            #expect(page.items.isEmpty)
        }
    }
}
