import { FullStory } from '@fullstory/browser';
import { useEffect, useState } from 'react';
import { http } from '../services/http';

interface Product {
  id: string;
  name: string;
  cents: number;
}

export function ProductsPage() {
  const [products, setProducts] = useState<Product[]>([]);

  useEffect(() => {
    http.get<Product[]>('/products').then(({ data }) => setProducts(data));
  }, []);

  const addToBasket = async (product: Product) => {
    await http.post('/basket', { product: product.id });
    FullStory('trackEvent', { name: 'Product added', properties: { sku: product.id, cents: product.cents } });
  };

  return (
    <ul>
      {products.map((product) => (
        <li key={product.id}>
          {product.name}, {(product.cents / 100).toFixed(2)} €
          <button type="button" onClick={() => addToBasket(product)}>
            Add to basket
          </button>
        </li>
      ))}
    </ul>
  );
}
