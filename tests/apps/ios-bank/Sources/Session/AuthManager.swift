import Foundation
import FullStory
import KeychainSwift

struct Customer: Codable, Equatable {
    let number: String
    let tier: String
}

@MainActor
final class AuthManager: ObservableObject {
    static let shared = AuthManager()

    @Published private(set) var customer: Customer?
    private let keychain = KeychainSwift()
    private let api = APIClient.shared

    func signIn(number: String, password: String) async throws {
        let session: Session = try await api.post("/sessions", body: ["number": number, "password": password])
        keychain.set(session.token, forKey: "access_token")
        FS.identify(session.customer.number, userVars: ["tier_str": session.customer.tier])
        customer = session.customer
    }

    /// Signs the customer out on this device, whatever the server says.
    func logout() async {
        defer { customer = nil }
        do {
            try await api.delete("/sessions/current")
        } catch {
            print("The session could not be ended on the server: \(error.localizedDescription)")
        }
        forget(because: "customer")
    }

    /// The server has ended the session.
    func sessionExpired() {
        forget(because: "expired")
        customer = nil
        AppCoordinator.shared.showLogin()
    }

    private func forget(because reason: String) {
        FS.event("Signed Out", properties: ["reason": reason])
        FS.anonymize()
        keychain.delete("access_token")
    }
}

struct Session: Codable {
    let token: String
    let customer: Customer
}
