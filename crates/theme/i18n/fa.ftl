language-name = fa
