import NIOCore
import NIOHTTP1
import RegistryReports

/// What every page loads, and anybody may.
enum WebAsset: String {
    case style = "page.css"
    case script = "page.js"
    case icon = "icon.svg"

    func answer(requestID: String) -> Answer {
        var answer = Answer(ByteBuffer(string: text), type: type, requestID: requestID)
        answer.head.headers.addPageHeaders()
        return answer
    }

    private var text: String {
        switch self {
        case .style: Report.style + String(decoding: PackageResources.page_css, as: UTF8.self)
        case .script: String(decoding: PackageResources.page_js, as: UTF8.self)
        case .icon:
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#0b5cad"/>\
            <path d="M4 4h8v2H9v6H7V6H4z" fill="#ffffff"/></svg>

            """
        }
    }

    private var type: String {
        switch self {
        case .style: "text/css; charset=utf-8"
        case .script: "text/javascript; charset=utf-8"
        case .icon: "image/svg+xml"
        }
    }
}
