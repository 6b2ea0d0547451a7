package com.example.orders

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import com.fullstory.FS
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
=====
data class OrderNUMBER(val id: String, val items: List<ItemNUMBER>, val total: Double = 0.0)

data class ItemNUMBER(val sku: String, val amount: Double)

class OrderServiceNUMBER(private val client: HttpClient, private val retries: Int = 3) : ViewModel() {
    private val cache = mutableMapOf<String, OrderNUMBER>()

    suspend fun load(id: String): OrderNUMBER? {
        cache[id]?.let { return it }
        repeat(retries) { attempt ->
            try {
                val response = client.get("/orders/$id")
                if (response.status == 404) return null
                val order = response.body<OrderNUMBER>()
                val total = order.items.sumOf { it.amount }
                cache[id] = order.copy(total = total)
                return cache[id]
            } catch (error: IOException) {
                if (attempt + 1 == retries) throw error
                delay(100L * attempt)
            }
        }
        return null
    }

    fun open(id: String, navigator: Navigator) {
        FS.event("Order opened", mapOf("id" to id))
        viewModelScope.launch {
            val order = load(id) ?: return@launch
            when {
                order.items.isEmpty() -> navigator.showEmpty(order.id)
                order.total > 100 -> navigator.showLarge(order.id)
                else -> navigator.showOrder(order.id)
            }
        }
    }
}
=====
class SessionManagerNUMBER(private val api: Api, private val prefs: SharedPreferences, private val router: Router) {
    suspend fun logout(reason: String?) {
        try {
            api.post("/logout", mapOf("reason" to (reason ?: "")))
            prefs.edit().remove("token").apply()
            FS.event("Logout", mapOf("reason" to (reason ?: "")))
            FS.anonymize()
            router.showLogin()
        } catch (error: IOException) {
            FS.anonymize()
            router.showLogin()
        }
    }
}
