console.log("Segue")
