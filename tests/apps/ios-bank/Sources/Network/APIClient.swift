import Foundation

enum APIError: Error {
    case unauthorized
    case status(Int)
}

final class APIClient {
    static let shared = APIClient()
    private let base = URL(string: "https://api.lighthouse.example")!

    func post<Answer: Decodable>(_ path: String, body: [String: String]) async throws -> Answer {
        var request = URLRequest(url: base.appendingPathComponent(path))
        request.httpMethod = "POST"
        request.httpBody = try JSONEncoder().encode(body)
        return try JSONDecoder().decode(Answer.self, from: try await send(request))
    }

    func delete(_ path: String) async throws {
        var request = URLRequest(url: base.appendingPathComponent(path))
        request.httpMethod = "DELETE"
        _ = try await send(request)
    }

    private func send(_ request: URLRequest) async throws -> Data {
        let (data, response) = try await URLSession.shared.data(for: request)
        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
        switch status {
        case 200..<300:
            return data
        case 401:
            await AuthManager.shared.sessionExpired()
            throw APIError.unauthorized
        default:
            throw APIError.status(status)
        }
    }
}
