//! Maps that are made once and then only read. Owns a map that takes no more memory than what is in it.

/// A map that does not change: its entries, sorted by key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SortedMap<K, V>(Box<[(K, V)]>);

impl<K: Ord, V> SortedMap<K, V> {
    /// The value of a key.
    pub fn get(&self, key: &K) -> Option<&V> {
        let place = self.0.binary_search_by(|(known, _)| known.cmp(key)).ok()?;
        self.0.get(place).map(|(_, value)| value)
    }

    /// Whether a key is there.
    pub fn contains_key(&self, key: &K) -> bool {
        self.get(key).is_some()
    }

    /// The first entry whose key is no less than a given one.
    pub fn first_from(&self, key: &K) -> Option<(&K, &V)> {
        let place = self.0.partition_point(|(known, _)| known < key);
        self.0.get(place).map(|(key, value)| (key, value))
    }

    /// The entries, by key.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.0.iter().map(|(key, value)| (key, value))
    }

    /// The keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.0.iter().map(|(key, _)| key)
    }
}

impl<K, V> Default for SortedMap<K, V> {
    fn default() -> Self {
        Self(Box::default())
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for SortedMap<K, V> {
    /// Of several entries with one key the last is kept.
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut entries: Vec<(K, V)> = entries.into_iter().collect();
        if !entries.is_sorted_by(|(before, _), (after, _)| before < after) {
            let sorted: std::collections::BTreeMap<K, V> = entries.into_iter().collect();
            entries = sorted.into_iter().collect();
        }
        Self(entries.into())
    }
}

#[cfg(test)]
mod tests {
    use super::SortedMap;

    #[test]
    fn entries_are_found_and_come_in_order() {
        let map: SortedMap<u32, &str> = [(7, "seven"), (2, "two"), (7, "again")].into_iter().collect();
        assert_eq!(map.keys().copied().collect::<Vec<_>>(), [2, 7]);
        assert_eq!(map.get(&7), Some(&"again"));
        assert!(!map.contains_key(&3));
        assert_eq!((map.first_from(&3), map.first_from(&8)), (Some((&7, &"again")), None));
        assert!(SortedMap::<u32, u32>::default().iter().next().is_none());
    }
}
