"""What any English text is: sentences, dates, quotation marks, and whose words they are."""
