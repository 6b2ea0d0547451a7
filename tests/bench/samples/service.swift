import Foundation
import FullStory
import UIKit
=====
struct OrderNUMBER: Codable {
    let id: String
    let items: [ItemNUMBER]
    var total: Decimal
}

struct ItemNUMBER: Codable {
    let sku: String
    let amount: Decimal
}

final class OrderServiceNUMBER {
    private var cache: [String: OrderNUMBER] = [:]
    private let retries: Int
    private let client: HTTPClient
    weak var delegate: OrderDelegate?

    init(client: HTTPClient, retries: Int = 3) {
        self.client = client
        self.retries = retries
    }

    func load(id: String) async throws -> OrderNUMBER? {
        if let known = cache[id] {
            return known
        }
        for attempt in 0..<retries {
            do {
                let response = try await client.get("/orders/\(id)")
                guard response.status != 404 else { return nil }
                var order = try JSONDecoder().decode(OrderNUMBER.self, from: response.body)
                order.total = order.items.reduce(0) { sum, item in sum + item.amount }
                cache[id] = order
                return order
            } catch {
                if attempt + 1 == retries { throw error }
                try await Task.sleep(nanoseconds: 100_000_000)
            }
        }
        return nil
    }

    func open(id: String, from controller: UIViewController) {
        FS.event("Order opened", properties: ["id": id])
        delegate?.orderService(self, didOpen: id)
        DispatchQueue.main.async { [weak self] in
            guard let self else { return }
            controller.navigationController?.pushViewController(OrderViewController(id: id, service: self), animated: true)
        }
    }
}
=====
extension SessionManagerNUMBER {
    func logout(reason: String?) async {
        defer { isBusy = false }
        do {
            try await api.post("/logout", body: ["reason": reason ?? ""])
            UserDefaults.standard.removeObject(forKey: "token")
            FS.event("Logout", properties: ["reason": reason ?? ""])
            FS.anonymize()
            await MainActor.run { router.showLogin() }
        } catch {
            FS.anonymize()
            await MainActor.run { router.showLogin() }
        }
    }
}
