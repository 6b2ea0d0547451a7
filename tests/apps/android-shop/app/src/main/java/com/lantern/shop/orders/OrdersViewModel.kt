package com.lantern.shop.orders

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import com.fullstory.FS
import com.lantern.shop.net.ShopApi
import dagger.hilt.android.lifecycle.HiltViewModel
import java.io.IOException
import javax.inject.Inject
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.launch

@HiltViewModel
class OrdersViewModel @Inject constructor(private val api: ShopApi) : ViewModel() {
    val orders = MutableStateFlow<List<String>>(emptyList())

    fun load() = viewModelScope.launch {
        orders.value = try {
            api.orders()
        } catch (error: IOException) {
            FS.anonymize()
            emptyList()
        }
    }
}
